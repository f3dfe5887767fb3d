-- title: Source health
-- question: Is each source still observed, with its usual number of new articles and its fields still filled?
-- grain: one source; new articles of its last whole observed day and fields of its last week against the 28 days before
-- needs: a source
-- param: today date = none - reference day (none: last day in the ledger)
-- param: source text = none - only this source
-- param: stale integer = 2 - days without a successful observation that are reported
-- param: low number = 0.25 - new articles of a day below this part of the usual number are reported
-- param: drop number = 0.2 - a larger fall of a field's share is reported
-- param: shape_days integer = 14 - days that a new page shape is reported
-- chart: table
-- x: source
-- y: new_articles
-- series: none
-- heading: last_good_date = last observed on
-- heading: usual_new_articles = new articles, usual
-- heading: usual_low = usual, 95 % from
-- heading: usual_high = usual, 95 % to
-- heading: field_fill = share of pages with it
-- heading: usual_fill = usual share
-- heading: new_shape_date = new page shape since
-- heading: faults_since = faults since
with reference as (
    select coalesce($today::date, max(date)) as today from fact_source_day
),

-- Today is not over: the last whole day is compared.
observed as (
    select
        day.source_id, day.date, day.new_articles,
        max(day.date) over (partition by day.source_id) as last_date,
        max(day.date) filter (where day.date < reference.today) over (partition by day.source_id) as whole_date,
        day.date < whole_date and day.date >= whole_date - 28 as is_baseline
    from fact_source_day as day
    join reference on day.date <= reference.today
    where day.observed
),

health as (
    select
        source_id,
        max(last_date) as last_good_date,
        max(whole_date) as whole_date,
        sum(new_articles) filter (where date = whole_date) as new_articles,
        avg(new_articles) filter (where is_baseline) as usual,
        stddev_samp(new_articles) filter (where is_baseline) as spread,
        count(*) filter (where is_baseline) as baseline_days
    from observed
    group by source_id
),

faults as (
    select day.source_id, sum(day.failed + day.refused) as faults
    from fact_source_day as day
    left join health on health.source_id = day.source_id
    where health.last_good_date is null or day.date >= health.last_good_date
    group by day.source_id
),

pages as (
    select
        template.*, template.date > reference.today - 7 as is_now,
        dim_source.reviewed_date
    from agg_template_day as template
    join reference on template.date between reference.today - 34 and reference.today
    join dim_source on dim_source.source_id = template.source_id
),

-- After a person looked at the pages, the fields are compared among the pages since then.
fields as (
    select
        pages.source_id, field.name as field,
        sum(pages.pages) filter (where pages.is_now) as now_pages,
        sum(pages.pages) filter (where not pages.is_now) as usual_pages,
        sum(field.filled) filter (where pages.is_now) / now_pages as now_fill,
        sum(field.filled) filter (where not pages.is_now) / usual_pages as usual_fill
    from pages
    cross join
        unnest([
            {'name': 'title', 'filled': pages.with_title}, {'name': 'posted', 'filled': pages.with_posted},
            {'name': 'authors', 'filled': pages.with_authors}, {'name': 'tags', 'filled': pages.with_tags},
            {'name': 'body', 'filled': pages.with_body}, {'name': 'summary', 'filled': pages.with_summary}
        ]) as found (field)
    where coalesce(pages.date >= pages.reviewed_date, true)
    group by pages.source_id, field.name
),

-- The field that lost most; among equal losses one that pages still have, then the rarest.
worst as (
    select source_id, field, now_fill, usual_fill
    from fields
    where usual_pages >= 20 and now_pages >= 5
    qualify
        row_number() over (
            partition by source_id order by usual_fill - now_fill desc, now_fill > 0 desc, now_fill, field desc
        ) = 1
),

shapes as (
    select
        source_id, min(date) as first_date,
        sum(pages) as pages,
        coalesce(sum(pages) filter (where is_now), 0) as now_pages,
        first_date > (select today from reference) - $shape_days::integer
        and coalesce(first_date > any_value(reviewed_date), true) as is_new
    from pages
    group by source_id, template, fingerprint
),

-- A redesign: most pages of the last week have shapes that no page had before. It stays one for `shape_days` days, or
-- until a person has looked at the pages.
redesigned as (
    select
        source_id,
        min(first_date) filter (where is_new) as new_shape_date
    from shapes
    group by source_id
    having 2 * sum(now_pages) filter (where is_new) > sum(now_pages) and sum(pages) filter (where not is_new) > 0
)

select
    source.name as source,
    case
        when dim_source.enabled then nullif(
            concat_ws(
                '; ',
                case when health.last_good_date is null then 'never observed successfully' end,
                case
                    when reference.today - health.last_good_date >= $stale::integer
                        then 'not observed since ' || health.last_good_date
                end,
                case
                    when health.baseline_days >= 7 and health.new_articles < $low::double * health.usual
                        then
                            'new articles on ' || health.whole_date || ': ' || health.new_articles || ', usually '
                            || round(health.usual, 1)
                end,
                case
                    when worst.usual_fill - worst.now_fill > $drop::double
                        then
                            worst.field || ' filled on ' || round(100 * worst.now_fill)::integer
                            || ' % of pages, usually ' || round(100 * worst.usual_fill)::integer || ' %'
                end,
                case
                    when redesigned.new_shape_date is not null
                        then 'pages have a new shape since ' || redesigned.new_shape_date
                end
            ),
            ''
        )
    end as issues,
    health.last_good_date,
    health.new_articles::bigint as new_articles,
    round(health.usual, 2) as usual_new_articles,
    case
        when health.spread is not null then round(greatest(0, health.usual - 1.96 * health.spread), 1)
    end as usual_low,
    round(health.usual + 1.96 * health.spread, 1) as usual_high,
    coalesce(health.baseline_days, 0) as baseline_days,
    worst.field as weakest_field,
    round(worst.now_fill, 4) as field_fill,
    round(worst.usual_fill, 4) as usual_fill,
    redesigned.new_shape_date,
    coalesce(faults.faults, 0)::bigint as faults_since
from selected_sources($source::text) as source
join dim_source on dim_source.source_id = source.source_id
cross join reference
left join health on health.source_id = source.source_id
left join faults on faults.source_id = source.source_id
left join worst on worst.source_id = source.source_id
left join redesigned on redesigned.source_id = source.source_id
order by source
