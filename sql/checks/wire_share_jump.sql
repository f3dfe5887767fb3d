-- Finds sources whose share of wire and network articles in the last seven observed days differs by over 0.3 from the
-- 28 days before: the newsroom changed, or the origin rules no longer fit its pages.
-- level: warn
-- reads: agg_article_day, fact_source_day
with last_day as (
    select source_id, max(date) as date from fact_source_day where observed group by source_id
),

counts as (
    select
        agg_article_day.source_id,
        sum(agg_article_day.articles) filter (where agg_article_day.posted_date > last_day.date - 7) as now_all,
        sum(agg_article_day.articles) filter (
            where agg_article_day.posted_date > last_day.date - 7
            and agg_article_day.origin_kind in ('wire', 'network')
        ) as now_wire,
        sum(agg_article_day.articles) filter (where agg_article_day.posted_date <= last_day.date - 7) as usual_all,
        sum(agg_article_day.articles) filter (
            where agg_article_day.posted_date <= last_day.date - 7
            and agg_article_day.origin_kind in ('wire', 'network')
        ) as usual_wire
    from agg_article_day
    join last_day on last_day.source_id = agg_article_day.source_id
    join fact_source_day
        on
            fact_source_day.source_id = agg_article_day.source_id
            and fact_source_day.date = agg_article_day.posted_date
            and fact_source_day.observed
    where agg_article_day.posted_date between last_day.date - 34 and last_day.date
    group by agg_article_day.source_id
)

select
    source_id, round(coalesce(now_wire, 0) / now_all, 3) as wire_share,
    round(coalesce(usual_wire, 0) / usual_all, 3) as usual_share, now_all as articles
from counts
where
    now_all >= 20 and usual_all >= 60
    and abs(coalesce(now_wire, 0) / now_all - coalesce(usual_wire, 0) / usual_all) > 0.3;
