-- Recomputes the towns each source wrote about in the month that starts on the variable month_date.
-- reads: fact_article, fact_article_place, variable month_date
-- writes: agg_place_month
delete from agg_place_month where month_date = getvariable('month_date');

insert into agg_place_month by name
with posted as materialized (
    select article_id, source_id, posted_date
    from fact_article
    where
        posted_date >= getvariable('month_date')
        and posted_date < getvariable('month_date') + interval 1 month
)

select
    posted.source_id, mention.place_id, getvariable('month_date') as month_date, max(posted.posted_date) as last_date
from fact_article_place as mention
join posted on posted.article_id = mention.article_id
where
    mention.place_id is not null
    and mention.article_id >= (select coalesce(min(article_id), 9223372036854775807) from posted)
group by posted.source_id, mention.place_id;
