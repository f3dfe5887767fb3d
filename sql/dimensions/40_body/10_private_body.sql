-- Drops the stored bodies of sources whose config has store_body = false, and the summaries that are a part of the
-- body; hashes and word counts stay.
-- reads: article_state, dim_source, fact_article
-- writes: article_state, body_summary, dim_source, fact_article, private_article
create or replace temp table private_article as
with private_source as (
    select source_id from dim_source where not store_body
),

kept_article as materialized (
    select article.article_id, article.source_id
    from fact_article as article
    join private_source on private_source.source_id = article.source_id
)

select distinct kept_article.article_id, kept_article.source_id
from kept_article
join article_state as state on state.article_id = kept_article.article_id
where state.body is not null;

create or replace temp table body_summary as
select state.article_id, state.state_hash, state.summary
from article_state as state
where
    state.article_id >= (select coalesce(min(article_id), 9223372036854775807) from private_article)
    and state.article_id in (select article_id from private_article)
    and contains(
        regexp_replace(state.body, '[\s\pZ]+', ' ', 'g'),
        regexp_replace(
            trim(regexp_replace(state.summary, '[\s\pZ]+', ' ', 'g')), '[ \[(]*(…|\.\.\.)[ \])]*$', ''
        )
    );

update fact_article as article
set summary = null
where (article.article_id, article.summary) in (select (article_id, summary) from body_summary);

update article_state as state
set summary = null
where (state.article_id, state.state_hash) in (select (article_id, state_hash) from body_summary);

update article_state
set body = null
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from private_article)
    and article_id in (select article_id from private_article);

-- Snapshots made before this instant may still hold bodies: publishing removes those that do.
update dim_source
set body_dropped_at = case when not store_body then now() end
where
    (not store_body and body_dropped_at is null)
    or (store_body and body_dropped_at is not null)
    or source_id in (select source_id from private_article);
