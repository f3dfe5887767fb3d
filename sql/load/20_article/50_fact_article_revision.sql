-- Recomputes the revisions of the touched articles: intervals of equal content over all readings, whatever order they
-- were loaded in.
-- needs: article exchanges, stale_article
-- reads: article_reading, article_state, new_page, touched_article
-- writes: fact_article_revision
delete from fact_article_revision
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article where not is_new)
    and article_id in (select article_id from touched_article where not is_new);

insert into fact_article_revision by name
with readings as materialized (
    select
        article_id, captured_at, fetch_id,
        last_value(state_hash ignore nulls) over (
            partition by article_id order by captured_at nulls first, state_hash nulls last, fetch_id
            rows between unbounded preceding and current row
        ) as state_hash
    from article_reading
    where
        not is_gone
        and article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article where not is_lone)
        and article_id in (select article_id from touched_article where not is_lone)
),

marked as (
    select
        article_id, captured_at, fetch_id, state_hash,
        (
            state_hash is distinct from lag(state_hash) over (
                partition by article_id order by captured_at nulls first, state_hash, fetch_id
            )
        ) as is_start
    from readings
    where state_hash is not null
),

numbered as (
    select
        article_id, captured_at, fetch_id, state_hash,
        sum(is_start::integer) over (
            partition by article_id order by captured_at nulls first, state_hash, fetch_id
        ) as revision
    from marked
),

states as (
    select
        article_id, revision, min(captured_at) as from_at, max(captured_at) as until_at,
        any_value(state_hash) as state_hash, arg_min(fetch_id, (captured_at, fetch_id)) as fetch_id
    from numbered
    group by article_id, revision
),

-- Bodies are compared by hash: it is kept of bodies that are not stored, too.
state as materialized (
    select article_id, state_hash, title, body_hash, list_sort(tags) as tags, updated_local
    from article_state
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article where not is_lone)
        and article_id in (select article_id from touched_article where not is_lone)
),

compared as (
    select
        states.article_id, states.revision, states.from_at, states.until_at, states.state_hash,
        states.fetch_id,
        (states.revision > 1 and content.title is distinct from previous.title) as headline_changed,
        (states.revision > 1 and content.body_hash is distinct from previous.body_hash) as body_changed,
        (states.revision > 1 and content.tags is distinct from previous.tags) as tags_changed,
        (content.updated_local is distinct from previous.updated_local) as updated_changed
    from states
    join state as content
        on content.article_id = states.article_id and content.state_hash = states.state_hash
    left join states as earlier
        on earlier.article_id = states.article_id and earlier.revision = states.revision - 1
    left join state as previous
        on previous.article_id = earlier.article_id and previous.state_hash = earlier.state_hash
)

select
    page.article_id, 1 as revision, page.captured_at as from_at, page.captured_at as until_at, page.state_hash,
    page.fetch_id, false as headline_changed, false as body_changed, false as tags_changed, false as silent,
    'first' as kind
from new_page as page
join touched_article as touched on touched.article_id = page.article_id and touched.is_lone
union all by name
select
    article_id, revision::integer as revision, from_at, until_at, state_hash, fetch_id,
    headline_changed, body_changed, tags_changed,
    body_changed and not updated_changed as silent,
    case
        when revision = 1 then 'first'
        when headline_changed::integer + body_changed::integer + tags_changed::integer > 1 then 'several'
        when headline_changed then 'headline'
        when body_changed and not updated_changed then 'silent'
        when body_changed then 'body'
        when tags_changed then 'tags'
        else 'updated'
    end as kind
from compared;
