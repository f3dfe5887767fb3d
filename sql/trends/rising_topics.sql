-- title: Rising topics
-- question: Which topics appear more often now than in the 28 days before, and since when?
-- grain: one topic; the days up to `until` against the 28 before, per source day; ratio with 95 % interval
-- range: days + 28
-- known: compared
-- needs: 7 days with observations or articles before the last `days`, and a topic with `support` articles since
-- param: until date = none - last local day (none: last observed day, else last posted)
-- param: days integer = 7 - number of days that count as now
-- param: source text = none - only this source
-- param: clock clock = posted - count by local day of posting, or by day first seen
-- param: support integer = 3 - minimum articles now
-- param: top integer = 20 - number of topics, parent topics left out
-- chart: bar
-- x: topic
-- y: z_score
-- series: none
-- postprocess: change_point
-- heading: per_day = articles a day per source
-- heading: baseline_per_day = articles a day before
-- heading: ratio = times as many
-- heading: change_date = changed on
-- heading: before_change = articles a day before the change
-- heading: after_change = articles a day after the change
with days as materialized (
    select date, sources, date > $until::date - $days::integer as is_now
    from compared_days($since::date, $until::date, $source::text, $with_known::boolean)
),

totals as (
    select
        count(*) filter (where is_now) as now_days,
        count(*) filter (where not is_now) as baseline_days,
        sum(sources) filter (where is_now) as source_days,
        sum(sources) filter (where not is_now) as baseline_source_days
    from days
),

counts as materialized (
    select
        posted.tag_id, days.date, days.is_now,
        if($with_known::boolean, posted.leaf_articles, posted.observed_leaf_articles) as articles,
        if($with_known::boolean, posted.leaf_articles, posted.observed_leaf_articles) / days.sources as rate
    from topic_counts_by_clock($since::date, $until::date, 'day', $clock::text, $source::text) as posted
    join days on days.date = posted.date
    where if($with_known::boolean, posted.leaf_articles, posted.observed_leaf_articles) > 0
),

-- Days without an article have no row: the sums are divided by the number of observed days.
summed as (
    select
        tag_id,
        sum(articles) filter (where is_now)::bigint as articles,
        sum(rate) filter (where is_now) as rate,
        coalesce(sum(articles) filter (where not is_now), 0) as baseline_articles,
        coalesce(sum(rate) filter (where not is_now), 0) as baseline_rate,
        coalesce(sum(rate * rate) filter (where not is_now), 0) as baseline_squares
    from counts
    group by tag_id
    having articles >= $support::integer
),

compared as (
    select
        summed.*, totals.*,
        summed.rate / totals.now_days as per_day,
        summed.baseline_rate / totals.baseline_days as baseline_per_day,
        sqrt(
            greatest(0, summed.baseline_squares - pow(summed.baseline_rate, 2) / totals.baseline_days)
            / (totals.baseline_days - 1)
        ) as baseline_spread
    from summed
    cross join totals
    where totals.baseline_days >= 7
),

-- The spread is at least that of one article in the whole baseline: otherwise a first mention would score infinity.
ranked as (
    select
        compared.*, dim_tag.label as topic,
        (per_day - baseline_per_day)
        / (greatest(baseline_spread, sqrt(baseline_days) / baseline_source_days) / sqrt(now_days)) as z_score,
        ln((articles + 0.5) / source_days) - ln((baseline_articles + 0.5) / baseline_source_days) as log_ratio,
        1.96 * sqrt(1 / (articles + 0.5) + 1 / (baseline_articles + 0.5)) as half_width
    from compared
    join dim_tag on dim_tag.tag_id = compared.tag_id
    where per_day > baseline_per_day
    order by z_score desc, topic
    limit $top::integer
),

daily as (
    select
        ranked.tag_id,
        list(days.date order by days.date) as dates,
        list(coalesce(counts.articles, 0)::integer order by days.date) as daily_articles
    from ranked
    cross join days
    left join counts on counts.tag_id = ranked.tag_id and counts.date = days.date
    group by ranked.tag_id
)

select
    ranked.topic,
    round(ranked.z_score, 3) as z_score,
    ranked.articles,
    round(ranked.per_day, 4) as per_day,
    round(ranked.baseline_per_day, 4) as baseline_per_day,
    round(exp(ranked.log_ratio), 3) as ratio,
    round(exp(ranked.log_ratio - ranked.half_width), 3) as ratio_low,
    round(exp(ranked.log_ratio + ranked.half_width), 3) as ratio_high,
    ranked.now_days as days,
    ranked.baseline_days,
    daily.dates,
    daily.daily_articles
from ranked
join daily on daily.tag_id = ranked.tag_id
order by ranked.z_score desc, ranked.topic
