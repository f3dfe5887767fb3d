-- title: Faded topics
-- question: Which topics faded, and what was their half-life after the peak?
-- grain: one topic; half-life in days by log-linear fit over observed weeks from the peak on, with 95 % interval
-- range: days
-- known: compared
-- tags: counted
-- needs: four weeks or more after a topic's peak, and `support` articles of it in the range
-- param: until date = none - last local day (none: last observed day, else last posted)
-- param: days integer = 365 - length of the range in days
-- param: source text = none - only this source
-- param: support integer = 10 - minimum articles in the whole range
-- param: faded number = 0.25 - maximum rate of the last four weeks, as a part of the peak week's rate
-- param: top integer = 20 - number of topics, parent topics left out
-- chart: table
-- x: topic
-- y: half_life_days
-- series: none
-- heading: peak_per_week = articles per week at the peak
-- heading: now_per_week = articles per week now
-- heading: half_life_days = half-life (days)
-- heading: half_life_low = half-life, 95 % from
-- heading: half_life_high = half-life, 95 % to
-- heading: weeks = weeks since the peak
with days as materialized (
    select ($until::date - date) // 7 as weeks_ago, date, sources
    from compared_days($since::date, $until::date, $source::text, $with_known::boolean)
),

-- A week with less than half the observed source days of the fullest week is too thin to be a peak.
weeks as (
    select weeks_ago, sum(sources)::bigint as source_days
    from days
    group by weeks_ago
    qualify 2 * source_days >= max(source_days) over ()
),

counts as (
    select
        posted.tag_id, days.weeks_ago,
        sum(if($with_known::boolean, posted.leaf_articles, posted.observed_leaf_articles))::bigint as articles
    from topic_counts($since::date, $until::date, 'day', $source::text) as posted
    join days on days.date = posted.date
    where if($with_known::boolean, posted.leaf_articles, posted.observed_leaf_articles) > 0
    group by all
),

topics as (
    select tag_id from counts group by tag_id having sum(articles) >= $support::integer
),

recent as (
    select sum(source_days)::bigint as source_days from weeks where weeks_ago < 4
),

-- A week without an article has no row here, and cannot be the peak.
peaks as (
    select
        counts.tag_id,
        arg_max(weeks.weeks_ago, (7 * counts.articles / weeks.source_days, weeks.weeks_ago)) as peak_weeks_ago,
        max(7 * counts.articles / weeks.source_days) as peak_per_week,
        sum(counts.articles) as articles,
        7 * coalesce(sum(counts.articles) filter (where counts.weeks_ago < 4), 0) / any_value(recent.source_days)
            as now_per_week
    from counts
    join topics on topics.tag_id = counts.tag_id
    join weeks on weeks.weeks_ago = counts.weeks_ago
    cross join recent
    group by counts.tag_id
    having peak_weeks_ago >= 4 and now_per_week <= $faded::double * peak_per_week
),

-- Half an article is added, so that an empty week has a logarithm.
rates as (
    select
        peaks.tag_id, -7.0::double * weeks.weeks_ago as days,
        ln((coalesce(counts.articles, 0) + 0.5::double) / weeks.source_days) as log_rate
    from peaks
    join weeks on weeks.weeks_ago <= peaks.peak_weeks_ago
    left join counts on counts.tag_id = peaks.tag_id and counts.weeks_ago = weeks.weeks_ago
),

fits as (
    select
        tag_id, count(*) as weeks, regr_slope(log_rate, days) as slope,
        regr_syy(log_rate, days) - pow(regr_sxy(log_rate, days), 2) / regr_sxx(log_rate, days) as residual,
        1.96 * sqrt(greatest(0, residual / (weeks - 2) / regr_sxx(log_rate, days))) as half_width
    from rates
    group by tag_id
    having count(*) >= 4
)

select
    dim_tag.label as topic,
    $until::date - 7 * peaks.peak_weeks_ago::integer - 6 as peak_week,
    round(peaks.peak_per_week, 2) as peak_per_week,
    round(peaks.now_per_week, 2) as now_per_week,
    round(-ln(2) / fits.slope, 1) as half_life_days,
    round(-ln(2) / (fits.slope - fits.half_width), 1) as half_life_low,
    case when fits.slope + fits.half_width < 0 then round(-ln(2) / (fits.slope + fits.half_width), 1) end
        as half_life_high,
    fits.weeks,
    peaks.articles::bigint as articles
from peaks
join fits on fits.tag_id = peaks.tag_id
join dim_tag on dim_tag.tag_id = peaks.tag_id
where fits.slope < 0
order by peaks.peak_per_week desc, topic
limit $top::integer
