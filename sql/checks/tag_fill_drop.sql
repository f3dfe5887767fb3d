-- Finds sources whose share of pages with tags fell by over 0.3 from the 28 days before to the last three observed
-- days.
-- level: warn
-- reads: agg_template_day, fact_source_day
with last_day as (
    select source_id, max(date) as date from fact_source_day where observed group by source_id
),

fills as (
    select
        agg_template_day.source_id,
        sum(agg_template_day.pages) filter (where agg_template_day.date > last_day.date - 3) as now_pages,
        sum(agg_template_day.with_tags) filter (where agg_template_day.date > last_day.date - 3) as now_tagged,
        sum(agg_template_day.pages) filter (where agg_template_day.date <= last_day.date - 3) as usual_pages,
        sum(agg_template_day.with_tags) filter (where agg_template_day.date <= last_day.date - 3) as usual_tagged
    from agg_template_day
    join last_day on last_day.source_id = agg_template_day.source_id
    where agg_template_day.date between last_day.date - 30 and last_day.date
    group by agg_template_day.source_id
)

select
    source_id, round(now_tagged / now_pages, 3) as fill, round(usual_tagged / usual_pages, 3) as usual_fill, now_pages
from fills
where now_pages >= 20 and usual_pages >= 100 and now_tagged / now_pages < usual_tagged / usual_pages - 0.3;
