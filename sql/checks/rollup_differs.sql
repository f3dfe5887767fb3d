-- Finds days whose rollup differs from the facts, among the days of articles read since the last clean run, and months
-- whose rollup over all sources differs from the sum of its days.
-- level: fail
-- reads: agg_article_day, agg_tag_day, agg_topic_month, fact_article, first_unchecked_fetch(), stale_month
with fresh as (
    select distinct source_id, posted_date
    from fact_article
    where fetch_id >= first_unchecked_fetch('rollup_differs') and posted_date is not null
),

counted as (
    select fact_article.source_id, fact_article.posted_date, count(*) as articles
    from fact_article
    join fresh on fresh.source_id = fact_article.source_id and fresh.posted_date = fact_article.posted_date
    group by all
),

rolled as (
    select agg_article_day.source_id, agg_article_day.posted_date, sum(agg_article_day.articles) as articles
    from agg_article_day
    join fresh on fresh.source_id = agg_article_day.source_id and fresh.posted_date = agg_article_day.posted_date
    group by all
),

months as (
    select distinct date_trunc('month', posted_date)::date as month_date from fresh
    except
    select month_date from stale_month
),

tagged as (
    select months.month_date, sum(agg_tag_day.articles) as articles
    from agg_tag_day
    join months on months.month_date = date_trunc('month', agg_tag_day.posted_date)::date
    where agg_tag_day.posted_date >= (select min(month_date) from months)
    group by months.month_date
),

summed as (
    select month_date, sum(articles) as articles from agg_topic_month group by month_date
)

select counted.source_id, counted.posted_date, counted.articles, coalesce(rolled.articles, 0) as rolled_up
from counted
left join rolled on rolled.source_id = counted.source_id and rolled.posted_date = counted.posted_date
where counted.articles <> coalesce(rolled.articles, 0)
union all
select null, tagged.month_date, tagged.articles, coalesce(summed.articles, 0)
from tagged
left join summed on summed.month_date = tagged.month_date
where tagged.articles <> coalesce(summed.articles, 0);
