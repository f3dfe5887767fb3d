-- Marks the months whose words change: those of new articles, and those that an article with another month or content
-- state leaves and enters. Stale articles mark theirs in any case.
-- needs: article exchanges, stale_article
-- reads: current_text, known_text, stale_article, stale_word_month
-- writes: stale_word_month
insert into stale_word_month by name
with changed as materialized (
    select current_text.month_date, known_text.month_date as previous_month_date
    from current_text
    left join known_text on known_text.article_id = current_text.article_id
    where
        current_text.article_id in (select article_id from stale_article)
        or (current_text.month_date, current_text.state_hash)
        is distinct from (known_text.month_date, known_text.state_hash)
)

(
    select month_date from changed
    union
    select previous_month_date from changed where previous_month_date is not null
)
except
select month_date from stale_word_month;
