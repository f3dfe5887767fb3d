-- Drops the words of the months in which a body, and with it perhaps a summary, was dropped: positions would tell the
-- text. The next refresh recomputes these months.
-- reads: fact_article, private_article, stale_word_month, word_month()
-- writes: agg_word_month, dropped_month, stale_word_month
create or replace temp table dropped_month as
select distinct word_month(posted_date, first_seen_date) as month_date
from fact_article
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from private_article)
    and article_id in (select article_id from private_article);

insert into stale_word_month by name
select month_date from dropped_month
except
select month_date from stale_word_month;

delete from agg_word_month where month_date in (select month_date from dropped_month);
