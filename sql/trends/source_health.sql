-- title: Source health
-- question: Is each source still looked at, does it bring what it usually does, and are its fields still filled?
-- grain: one source; new articles of its last whole observed day and fields of its last week against the 28 days before
-- param: today date = none - the day it is (none: last day in the ledger)
-- param: source text = none - one source only
-- param: stale integer = 2 - days without a good look that are too many
-- param: low number = 0.25 - part of the normal below which a day's new articles are too few
-- param: drop number = 0.2 - fall of a field's share that is too much
-- chart: table
-- x: source
-- y: new_articles
-- series: none
with now_is as (
    select coalesce($today::date, max(date)) as today from fact_source_day
),

sources as (
    select source_id, name, enabled from dim_source where $source::text is null or name = $source::text
),

observed as (
    select
        fact_source_day.source_id, fact_source_day.date, fact_source_day.new_articles,
        max(fact_source_day.date) over (partition by fact_source_day.source_id) as last_date,
        max(fact_source_day.date) filter (where fact_source_day.date < now_is.today)
        over (partition by fact_source_day.source_id) as whole_date
    from fact_source_day
    cross join now_is
    where fact_source_day.observed and fact_source_day.date <= now_is.today
),

-- Today is not over: the last whole day is what compares.
health as (
    select
        source_id,
        max(last_date) as last_good_date,
        max(whole_date) as whole_date,
        sum(new_articles) filter (where date = whole_date) as new_articles,
        avg(new_articles) filter (where date < whole_date and date >= whole_date - 28) as usual,
        stddev_samp(new_articles) filter (where date < whole_date and date >= whole_date - 28) as spread,
        count(*) filter (where date < whole_date and date >= whole_date - 28) as baseline_days
    from observed
    group by source_id
),

faults as (
    select fact_source_day.source_id, sum(fact_source_day.failed + fact_source_day.refused) as faults
    from fact_source_day
    left join health on health.source_id = fact_source_day.source_id
    where health.last_good_date is null or fact_source_day.date >= health.last_good_date
    group by fact_source_day.source_id
),

pages as (
    select
        agg_template_day.*, agg_template_day.date > now_is.today - 7 as is_now
    from agg_template_day
    join now_is on agg_template_day.date between now_is.today - 34 and now_is.today
),

fields as (
    select
        pages.source_id, field.name as field,
        sum(pages.pages) filter (where pages.is_now) as now_pages,
        sum(pages.pages) filter (where not pages.is_now) as usual_pages,
        sum(field.filled) filter (where pages.is_now) / sum(pages.pages) filter (where pages.is_now) as now_fill,
        sum(field.filled) filter (where not pages.is_now) / sum(pages.pages) filter (where not pages.is_now)
            as usual_fill
    from pages
    cross join unnest([
        {'name': 'title', 'filled': pages.with_title}, {'name': 'posted', 'filled': pages.with_posted},
        {'name': 'authors', 'filled': pages.with_authors}, {'name': 'tags', 'filled': pages.with_tags},
        {'name': 'body', 'filled': pages.with_body}, {'name': 'summary', 'filled': pages.with_summary}
    ]) as found(field)
    group by pages.source_id, field.name
),

worst as (
    select
        source_id,
        arg_max(field, usual_fill - now_fill) as field,
        arg_max(now_fill, usual_fill - now_fill) as now_fill,
        arg_max(usual_fill, usual_fill - now_fill) as usual_fill
    from fields
    where usual_pages >= 20 and now_pages >= 5
    group by source_id
),

shapes as (
    select
        source_id, template, fingerprint,
        coalesce(sum(pages) filter (where is_now), 0) as now_pages,
        coalesce(sum(pages) filter (where not is_now), 0) as usual_pages,
        min(date) as first_date
    from pages
    group by all
),

-- A new shape has taken over when most pages of the week have it and none had it before.
redesigned as (
    select
        source_id,
        max(first_date) filter (where usual_pages = 0 and 2 * now_pages > all_now and all_usual > 0) as new_shape_date
    from (
        select
            *, sum(now_pages) over (partition by source_id) as all_now,
            sum(usual_pages) over (partition by source_id) as all_usual
        from shapes
    )
    group by source_id
)

select
    sources.name as source,
    case
        when sources.enabled then nullif(
            concat_ws(
                '; ',
                case when health.last_good_date is null then 'no good look yet' end,
                case
                    when now_is.today - health.last_good_date >= $stale::integer
                        then 'no good look since ' || health.last_good_date
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
    end as ails,
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
from sources
cross join now_is
left join health on health.source_id = sources.source_id
left join faults on faults.source_id = sources.source_id
left join worst on worst.source_id = sources.source_id
left join redesigned on redesigned.source_id = sources.source_id
order by source
