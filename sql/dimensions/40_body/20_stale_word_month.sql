-- Drops the words of dropped bodies: those of all bodies of their months, which the next refresh states anew.
-- reads: fact_article, private_article, stale_word_month
-- writes: agg_word_month, stale_word_month
insert into stale_word_month by name
select distinct
    coalesce(date_trunc('month', coalesce(posted_date, first_seen_date))::date, date '-infinity') as month_date
from fact_article
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from private_article)
    and article_id in (select article_id from private_article)
except
select month_date from stale_word_month;

update agg_word_month
set body_positions = null
where
    body_positions is not null
    and month_date in (select month_date from stale_word_month)
    and exists (select 1 from private_article);
