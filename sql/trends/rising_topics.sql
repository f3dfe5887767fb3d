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
    select source_id from dim_source where $source::text is null or name = $source::text
),

bounds as (
    select coalesce($until::date, max(date)) as until_date
    from fact_source_day
    where observed and source_id in (select source_id from sources)
),

looked as (
    select fact_source_day.source_id, fact_source_day.date
    from fact_source_day
    join bounds
        on fact_source_day.date between bounds.until_date - ($days::integer + 27) and bounds.until_date
    where fact_source_day.observed and fact_source_day.source_id in (select source_id from sources)
),

days as (
    select
        looked.date, count(*) as sources, looked.date > any_value(bounds.until_date) - $days::integer as is_now
    from looked
    cross join bounds
    group by looked.date
),

labelled as (
    select tag_id, source_id, posted_date as date, leaf_articles
    from agg_tag_day
    where
        $clock::text = 'posted'
        and leaf_articles > 0
        and posted_date between
        (select until_date from bounds) - ($days::integer + 27) and (select until_date from bounds)
    union all
    select tag_id, source_id, first_seen_date as date, 1 as leaf_articles
    from article_tags
    where $clock::text = 'first_seen' and not is_parent
),

counts as (
    select labelled.tag_id, labelled.date, sum(labelled.leaf_articles) as articles
    from labelled
    join looked on looked.source_id = labelled.source_id and looked.date = labelled.date
    group by all
),

supported as (
    select counts.tag_id
    from counts
    join days on days.date = counts.date
    where days.is_now
    group by counts.tag_id
    having sum(counts.articles) >= $support::integer
),

daily as (
    select
        supported.tag_id, days.date, days.is_now, days.sources, coalesce(counts.articles, 0) as articles
    from supported
    cross join days
    left join counts on counts.tag_id = supported.tag_id and counts.date = days.date
),

compared as (
    select
        tag_id,
        sum(articles) filter (where is_now) as articles,
        count(*) filter (where is_now) as observed_days,
        avg(articles / sources) filter (where is_now) as per_day,
        sum(articles) filter (where not is_now) as baseline_articles,
        count(*) filter (where not is_now) as baseline_days,
        avg(articles / sources) filter (where not is_now) as baseline_per_day,
        stddev_samp(articles / sources) filter (where not is_now) as baseline_spread,
        avg(sources) filter (where not is_now) as baseline_sources,
        sum(sources) filter (where is_now) as now_looks,
        sum(sources) filter (where not is_now) as baseline_looks,
        list(date order by date) as dates,
        list(articles::integer order by date) as daily_articles
    from daily
    group by tag_id
),

-- A spread under that of one article in the whole baseline would make every first mention endless.
judged as (
    select
        *,
        (per_day - baseline_per_day)
        / (
            greatest(baseline_spread, 1 / (baseline_sources * sqrt(baseline_days))) / sqrt(observed_days)
        ) as z_score,
        ln((articles + 0.5) / now_looks) - ln((baseline_articles + 0.5) / baseline_looks) as log_ratio,
        1.96 * sqrt(1 / (articles + 0.5) + 1 / (baseline_articles + 0.5)) as half_width
    from compared
    where baseline_days >= 7 and per_day > baseline_per_day
)

select
    dim_tag.label as topic,
    round(judged.z_score, 3) as z_score,
    judged.articles::bigint as articles,
    round(judged.per_day, 4) as per_day,
    round(judged.baseline_per_day, 4) as baseline_per_day,
    round(exp(judged.log_ratio), 3) as ratio,
    round(exp(judged.log_ratio - judged.half_width), 3) as ratio_low,
    round(exp(judged.log_ratio + judged.half_width), 3) as ratio_high,
    judged.observed_days,
    judged.baseline_days,
    judged.dates,
    judged.daily_articles
from judged
join dim_tag on dim_tag.tag_id = judged.tag_id
order by judged.z_score desc, topic
limit $top::integer
