-- Finds sources where most pages of the last three days have a fingerprint that no page of the 28 days before had: the
-- site was redesigned.
-- level: warn
-- reads: agg_template_day
with last_day as (
    select source_id, max(date) as date from agg_template_day group by source_id
),

shapes as (
    select
        agg_template_day.source_id, agg_template_day.template, agg_template_day.fingerprint,
        coalesce(sum(agg_template_day.pages) filter (where agg_template_day.date > last_day.date - 3), 0) as now_pages,
        coalesce(sum(agg_template_day.pages) filter (where agg_template_day.date <= last_day.date - 3), 0)
            as usual_pages
    from agg_template_day
    join last_day on last_day.source_id = agg_template_day.source_id
    where agg_template_day.date between last_day.date - 30 and last_day.date
    group by all
),

compared as (
    select
        *, sum(now_pages) over (partition by source_id) as all_now,
        sum(usual_pages) over (partition by source_id) as all_usual,
        sum(now_pages) filter (where usual_pages = 0) over (partition by source_id) as new_now
    from shapes
)

select source_id, template, fingerprint, now_pages, all_now
from compared
where usual_pages = 0 and now_pages > 0 and all_usual >= 20 and 2 * new_now > all_now and all_now >= 5;
