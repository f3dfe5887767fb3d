-- Revisions are the stretches of equal content over all looks, whatever order they were loaded in.
insert into fact_article_revision by name
with looks as materialized (
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
        *,
        state_hash is distinct from lag(state_hash) over (partition by article_id order by captured_at nulls first, state_hash, fetch_id)
            as starts
    from looks
    where state_hash is not null
),
numbered as (
    select *, sum(starts::integer) over (partition by article_id order by captured_at nulls first, state_hash, fetch_id) as revision
    from marked
),
spells as (
    select
        article_id, revision, min(captured_at) as from_at, max(captured_at) as until_at, any_value(state_hash) as state_hash,
        arg_min(fetch_id, (captured_at, fetch_id)) as fetch_id
    from numbered
    group by article_id, revision
),
state as materialized (
    select
        article_id, state_hash, title, hash(body) as body_hash, list_sort(tags) as tags,  -- a hash, not to carry bodies
        updated_local
    from article_state
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article where not is_lone)
        and article_id in (select article_id from touched_article where not is_lone)
),
compared as (
    select
        spells.*,
        spells.revision > 1 and now_is.title is distinct from before.title as headline_changed,
        spells.revision > 1 and now_is.body_hash is distinct from before.body_hash as body_changed,
        spells.revision > 1 and now_is.tags is distinct from before.tags as tags_changed,
        now_is.updated_local is distinct from before.updated_local as updated_changed
    from spells
    join state as now_is on now_is.article_id = spells.article_id and now_is.state_hash = spells.state_hash
    left join spells as earlier on earlier.article_id = spells.article_id and earlier.revision = spells.revision - 1
    left join state as before on before.article_id = earlier.article_id and before.state_hash = earlier.state_hash
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
