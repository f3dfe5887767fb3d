-- Marks the months whose words change: those of new articles, and those that an article with another month or content
-- state leaves and enters. Stale articles mark theirs in any case.
-- needs: article exchanges, stale_article
-- reads: fact_article, fact_article_revision, known_text, stale_article, stale_word_month, touched_article
-- writes: stale_word_month
insert into stale_word_month by name
with current_text as materialized (
    select
        article_id, revisions,
        coalesce(date_trunc('month', coalesce(posted_date, first_seen_date))::date, date '-infinity') as month_date
    from fact_article
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article)
        and article_id in (select article_id from touched_article)
),

changed as (
    select current_text.month_date, known_text.month_date as previous_month_date
    from current_text
    left join fact_article_revision as revision
        on
            revision.article_id = current_text.article_id and revision.revision = current_text.revisions
            and revision.article_id >= (select coalesce(min(article_id), 9223372036854775807) from current_text)
    left join known_text on known_text.article_id = current_text.article_id
    where
        current_text.article_id in (select article_id from stale_article)
        or (current_text.month_date, revision.state_hash)
        is distinct from (known_text.month_date, known_text.state_hash)
)

(
    select month_date from changed
    union
    select previous_month_date from changed where previous_month_date is not null
)
except
select month_date from stale_word_month;
