-- Keeps what the touched articles said before this load changes them, which current_text then shows: their month and
-- content state, so that the words of a month are recomputed only where one of them changes.
-- needs: article exchanges, stale_article
-- reads: fact_article, fact_article_revision, touched_article, word_month()
-- writes: current_text, known_text
create or replace temp view current_text as
with touched as materialized (
    select article_id, revisions, word_month(posted_date, first_seen_date) as month_date
    from fact_article
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article)
        and article_id in (select article_id from touched_article)
)

select touched.article_id, touched.month_date, revision.state_hash
from touched
left join fact_article_revision as revision
    on
        revision.article_id = touched.article_id and revision.revision = touched.revisions
        and revision.article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched);

create or replace temp table known_text as select article_id, month_date, state_hash from current_text;
