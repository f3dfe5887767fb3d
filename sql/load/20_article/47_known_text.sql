-- Keeps what the touched articles said before this load changes them: their month and content state, so that the words
-- of a month are recomputed only where one of them changes.
-- needs: article exchanges, stale_article
-- reads: fact_article, fact_article_revision, touched_article
-- writes: known_text
create or replace temp table known_text as
with known as materialized (
    select
        article_id, revisions,
        coalesce(date_trunc('month', coalesce(posted_date, first_seen_date))::date, date '-infinity') as month_date
    from fact_article
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article where not is_new)
        and article_id in (select article_id from touched_article where not is_new)
)

select known.article_id, known.month_date, revision.state_hash
from known
left join fact_article_revision as revision
    on
        revision.article_id = known.article_id and revision.revision = known.revisions
        and revision.article_id >= (select coalesce(min(article_id), 9223372036854775807) from known);
