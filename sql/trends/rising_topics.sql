-- title: Rising topics
-- question: What comes up more now than in its own 28 days before, and since when?
-- grain: one topic; days up to `until` against the 28 before, per observed day of a source; ratio with 95 % interval
-- param: until date = none - last day of the stretch (none: last day looked at)
-- param: days integer = 7 - length of the stretch that is now
-- param: source text = none - one source only
-- param: clock clock = posted - local day the publisher says, or the day first seen
-- param: support integer = 3 - fewest articles now
-- param: top integer = 20 - how many topics, parents left out
-- chart: bar
-- x: topic
-- y: z_score
-- series: none
-- judge: change_point
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

last_look as (
    select coalesce($until::date, max(date)) as until_date from looks
),

bounds as (
    select
        until_date, until_date - $days::integer + 1 as since_date, until_date - ($days::integer + 27) as before_date
    from last_look
),

days as (
    select looks.date, looks.sources, looks.date >= bounds.since_date as is_now
    from looks
    join bounds on looks.date between bounds.before_date and bounds.until_date
),

spans as (
    select
        count(*) filter (where is_now) as observed_days,
        count(*) filter (where not is_now) as baseline_days,
        sum(sources) filter (where is_now) as now_looks,
        sum(sources) filter (where not is_now) as baseline_looks
    from days
),

-- Each is a scan of its own, of which one is planned: so no row is asked whose it is when all are meant.
counts as materialized (
    select
        topic_day.tag_id, days.date, days.is_now, topic_day.observed_leaf_articles as articles,
        topic_day.observed_leaf_articles / days.sources as rate
    from agg_topic_day as topic_day
    join days on days.date = topic_day.posted_date
    where $clock::text = 'posted' and $source::text is null and topic_day.observed_leaf_articles > 0
    union all
    select
        tag_day.tag_id, days.date, days.is_now, tag_day.leaf_articles, tag_day.leaf_articles / days.sources
    from agg_tag_day as tag_day
    join days on days.date = tag_day.posted_date
    where
        $clock::text = 'posted'
        and $source::text is not null
        and tag_day.source_id in (select source_id from sources)
        and tag_day.leaf_articles > 0
    union all
    select article_tags.tag_id, days.date, days.is_now, count(*), count(*) / any_value(days.sources)
    from article_tags
    join fact_source_day
        on
            fact_source_day.source_id = article_tags.source_id
            and fact_source_day.date = article_tags.first_seen_date
            and fact_source_day.observed
    join days on days.date = article_tags.first_seen_date
    where
        $clock::text = 'first_seen'
        and not article_tags.is_parent
        and ($source::text is null or article_tags.source_id in (select source_id from sources))
    group by article_tags.tag_id, days.date, days.is_now
),

-- Days without an article have no row: sums over the rows there are, divided by the days there were.
now as (
    select tag_id, sum(articles)::bigint as articles, sum(rate) as rate
    from counts
    where is_now
    group by tag_id
    having sum(articles) >= $support::integer
),

baseline as (
    select
        counts.tag_id, sum(counts.articles)::bigint as articles, sum(counts.rate) as rate,
        sum(counts.rate * counts.rate) as squares
    from counts
    join now on now.tag_id = counts.tag_id
    where not counts.is_now
    group by counts.tag_id
),

summed as (
    select
        now.tag_id, now.articles, now.rate as now_rate, coalesce(baseline.articles, 0) as baseline_articles,
        coalesce(baseline.rate, 0) as baseline_rate, coalesce(baseline.squares, 0) as baseline_squares
    from now
    left join baseline on baseline.tag_id = now.tag_id
),

compared as (
    select
        summed.*, spans.*,
        summed.now_rate / spans.observed_days as per_day,
        summed.baseline_rate / spans.baseline_days as baseline_per_day,
        sqrt(
            greatest(0, summed.baseline_squares - pow(summed.baseline_rate, 2) / spans.baseline_days)
            / (spans.baseline_days - 1)
        ) as baseline_spread
    from summed
    cross join spans
    where spans.baseline_days >= 7
),

-- A spread under that of one article in the whole baseline would make every first mention endless.
judged as (
    select
        *,
        (per_day - baseline_per_day)
        / (greatest(baseline_spread, sqrt(baseline_days) / baseline_looks) / sqrt(observed_days)) as z_score,
        ln((articles + 0.5) / now_looks) - ln((baseline_articles + 0.5) / baseline_looks) as log_ratio,
        1.96 * sqrt(1 / (articles + 0.5) + 1 / (baseline_articles + 0.5)) as half_width
    from compared
    where per_day > baseline_per_day
),

foremost as (
    select judged.*, dim_tag.label
    from judged
    join dim_tag on dim_tag.tag_id = judged.tag_id
    order by judged.z_score desc, dim_tag.label
    limit $top::integer
),

daily as (
    select
        foremost.tag_id,
        list(days.date order by days.date) as dates,
        list(coalesce(counts.articles, 0)::integer order by days.date) as daily_articles
    from foremost
    cross join days
    left join counts on counts.tag_id = foremost.tag_id and counts.date = days.date
    group by foremost.tag_id
)

select
    foremost.label as topic,
    round(foremost.z_score, 3) as z_score,
    foremost.articles::bigint as articles,
    round(foremost.per_day, 4) as per_day,
    round(foremost.baseline_per_day, 4) as baseline_per_day,
    round(exp(foremost.log_ratio), 3) as ratio,
    round(exp(foremost.log_ratio - foremost.half_width), 3) as ratio_low,
    round(exp(foremost.log_ratio + foremost.half_width), 3) as ratio_high,
    foremost.observed_days,
    foremost.baseline_days,
    daily.dates,
    daily.daily_articles
from foremost
join daily on daily.tag_id = foremost.tag_id
order by foremost.z_score desc, topic
