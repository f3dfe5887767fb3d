-- Recomputes the towns each source wrote about in the months from the variable from_date to before_date.
-- reads: fact_article, fact_article_place, variable before_date, variable from_date
-- writes: agg_place_month
delete from agg_place_month
where month_date >= getvariable('from_date') and month_date < getvariable('before_date');

insert into agg_place_month by name
with posted as materialized (
    select article_id, source_id, posted_date
    from fact_article
    where
        posted_date >= getvariable('from_date')
        and posted_date < getvariable('before_date')
)

select
    posted.source_id, mention.place_id, date_trunc('month', posted.posted_date)::date as month_date,
    max(posted.posted_date) as last_date
from fact_article_place as mention
join posted on posted.article_id = mention.article_id
where
    mention.place_id is not null
    and mention.article_id >= (select coalesce(min(article_id), 9223372036854775807) from posted)
group by posted.source_id, mention.place_id, date_trunc('month', posted.posted_date)
order by month_date, posted.source_id, mention.place_id;
