-- title: Faded topics
-- question: Which topics faded, and how fast did they halve after their peak?
-- grain: one topic; half-life in days by log-linear fit over observed weeks from the peak on, with 95 % interval
-- param: until date = none - last local day (none: last day looked at)
-- param: days integer = 365 - how far back from the last day
-- param: source text = none - one source only
-- param: support integer = 10 - fewest articles in the whole stretch
-- param: faded number = 0.25 - the last four weeks bring at most this part of the peak week's rate
-- param: top integer = 20 - how many topics, parents left out
-- chart: table
-- x: topic
-- y: half_life_days
-- series: none
with sources as (
    select source_id from dim_source where name = $source::text
),

-- How many sources were looked at, by day.
looks as (
    select date, observed_sources as sources from agg_day where $source::text is null and observed_sources > 0
    union all
    select date, 1
    from fact_source_day
    where $source::text is not null and observed and source_id in (select source_id from sources)
),

bounds as (
    select coalesce($until::date, max(date)) as until_date from looks
),

looked as (
    select looks.date, looks.sources, (bounds.until_date - looks.date) // 7 as weeks_ago
    from looks
    join bounds on looks.date between bounds.until_date - ($days::integer - 1) and bounds.until_date
),

-- A week seen on less than half as many days as the fullest one is too little to have been a peak.
weeks as (
    select weeks_ago, sum(sources)::bigint as looks
    from looked
    group by weeks_ago
    qualify 2 * sum(sources) >= max(sum(sources)) over ()
),

-- Each is a scan of its own, of which one is planned: so no row is asked whose it is when all are meant.
posted as (
    select tag_id, posted_date, observed_leaf_articles as leaf_articles
    from agg_topic_day
    join bounds on posted_date between until_date - ($days::integer - 1) and until_date
    where $source::text is null and observed_leaf_articles > 0
    union all
    select tag_id, posted_date, leaf_articles
    from agg_tag_day
    join bounds on posted_date between until_date - ($days::integer - 1) and until_date
    where $source::text is not null and source_id in (select source_id from sources) and leaf_articles > 0
),

counts as (
    select posted.tag_id, looked.weeks_ago, sum(posted.leaf_articles)::bigint as articles
    from posted
    join looked on looked.date = posted.posted_date
    group by all
),

topics as (
    select tag_id from counts group by tag_id having sum(articles) >= $support::integer
),

recent as (
    select sum(looks)::bigint as looks from weeks where weeks_ago < 4
),

-- A week without an article has no row here, and is no peak.
peaks as (
    select
        counts.tag_id,
        arg_max(weeks.weeks_ago, (7 * counts.articles / weeks.looks, weeks.weeks_ago)) as peak_weeks_ago,
        max(7 * counts.articles / weeks.looks) as peak_per_week,
        sum(counts.articles) as articles,
        7 * coalesce(sum(counts.articles) filter (where counts.weeks_ago < 4), 0) / any_value(recent.looks)
            as now_per_week
    from counts
    join topics on topics.tag_id = counts.tag_id
    join weeks on weeks.weeks_ago = counts.weeks_ago
    cross join recent
    group by counts.tag_id
    having peak_weeks_ago >= 4 and now_per_week <= $faded::double * peak_per_week
),

rates as (
    select
        peaks.tag_id, weeks.looks, coalesce(counts.articles, 0)::double as articles,
        -7.0::double * weeks.weeks_ago as days
    from peaks
    join weeks on weeks.weeks_ago <= peaks.peak_weeks_ago
    left join counts on counts.tag_id = peaks.tag_id and counts.weeks_ago = weeks.weeks_ago
),

-- Half an article stands in for none, so that the logarithm of an empty week exists.
logs as (
    select tag_id, days, ln((articles + 0.5::double) / looks) as log_rate from rates
),

fits as (
    select
        tag_id,
        count(*) as weeks,
        regr_slope(log_rate, days) as slope,
        sqrt(
            greatest(
                0,
                (regr_syy(log_rate, days) - pow(regr_sxy(log_rate, days), 2) / regr_sxx(log_rate, days))
                / (count(*) - 2)
                / regr_sxx(log_rate, days)
            )
        ) as slope_error
    from logs
    group by tag_id
    having count(*) >= 4
)

select
    dim_tag.label as topic,
    bounds.until_date - 7 * peaks.peak_weeks_ago::integer - 6 as peak_week,
    round(peaks.peak_per_week, 2) as peak_per_week,
    round(peaks.now_per_week, 2) as now_per_week,
    round(-ln(2) / fits.slope, 1) as half_life_days,
    round(-ln(2) / (fits.slope - 1.96 * fits.slope_error), 1) as half_life_low,
    case
        when fits.slope + 1.96 * fits.slope_error < 0
            then round(-ln(2) / (fits.slope + 1.96 * fits.slope_error), 1)
    end as half_life_high,
    fits.weeks,
    peaks.articles::bigint as articles
from peaks
join fits on fits.tag_id = peaks.tag_id
join dim_tag on dim_tag.tag_id = peaks.tag_id
cross join bounds
where fits.slope < 0
order by peaks.peak_per_week desc, topic
limit $top::integer
