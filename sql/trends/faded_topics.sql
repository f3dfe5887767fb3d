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
    select source_id from dim_source where $source::text is null or name = $source::text
),

bounds as (
    select coalesce($until::date, max(date)) as until_date
    from fact_source_day
    where observed and source_id in (select source_id from sources)
),

looked as (
    select
        fact_source_day.source_id, fact_source_day.date,
        (bounds.until_date - fact_source_day.date) // 7 as weeks_ago
    from fact_source_day
    join bounds
        on fact_source_day.date between bounds.until_date - ($days::integer - 1) and bounds.until_date
    where fact_source_day.observed and fact_source_day.source_id in (select source_id from sources)
),

-- A week seen on less than half as many days as the fullest one is too little to have been a peak.
weeks as (
    select weeks_ago, count(*) as looks
    from looked
    group by weeks_ago
    qualify 2 * count(*) >= max(count(*)) over ()
),

counts as (
    select agg_tag_day.tag_id, looked.weeks_ago, sum(agg_tag_day.leaf_articles) as articles
    from agg_tag_day
    join looked on looked.source_id = agg_tag_day.source_id and looked.date = agg_tag_day.posted_date
    where
        agg_tag_day.leaf_articles > 0
        and agg_tag_day.posted_date
        between (select until_date from bounds) - ($days::integer - 1) and (select until_date from bounds)
    group by all
),

topics as (
    select tag_id from counts group by tag_id having sum(articles) >= $support::integer
),

rates as (
    select
        topics.tag_id, weeks.weeks_ago, weeks.looks, coalesce(counts.articles, 0) as articles,
        7 * coalesce(counts.articles, 0) / weeks.looks as per_week
    from topics
    cross join weeks
    left join counts on counts.tag_id = topics.tag_id and counts.weeks_ago = weeks.weeks_ago
),

peaks as (
    select
        tag_id,
        arg_max(weeks_ago, (per_week, weeks_ago)) as peak_weeks_ago,
        max(per_week) as peak_per_week,
        sum(articles) as articles,
        7 * sum(articles) filter (where weeks_ago < 4) / sum(looks) filter (where weeks_ago < 4) as now_per_week
    from rates
    group by tag_id
),

-- Half an article stands in for none, so that the logarithm of an empty week exists.
fits as (
    select
        rates.tag_id,
        count(*) as weeks,
        regr_slope(ln((rates.articles + 0.5) / rates.looks), -7 * rates.weeks_ago) as slope,
        sqrt(
            greatest(
                0,
                (
                    regr_syy(ln((rates.articles + 0.5) / rates.looks), -7 * rates.weeks_ago)
                    - pow(regr_sxy(ln((rates.articles + 0.5) / rates.looks), -7 * rates.weeks_ago), 2)
                    / regr_sxx(ln((rates.articles + 0.5) / rates.looks), -7 * rates.weeks_ago)
                )
                / (count(*) - 2)
                / regr_sxx(ln((rates.articles + 0.5) / rates.looks), -7 * rates.weeks_ago)
            )
        ) as slope_error
    from rates
    join peaks on peaks.tag_id = rates.tag_id and rates.weeks_ago <= peaks.peak_weeks_ago
    where peaks.peak_weeks_ago >= 4
    group by rates.tag_id
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
where fits.slope < 0 and peaks.now_per_week <= $faded::double * peaks.peak_per_week
order by peaks.peak_per_week desc, topic
limit $top::integer
