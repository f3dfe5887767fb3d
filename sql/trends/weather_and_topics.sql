-- title: Weather and topics
-- question: Which topics come up more on cold, hot, wet or stormy days, with the season held fixed?
-- grain: one topic x condition; observed days of known weather, folded by the judge to lift, p-value and q-value
-- param: since date = none - first local day (none: all of one source, the last year of all sources)
-- param: until date = none - last local day (none: last day looked at)
-- param: source text = none - one source only
-- param: topic topic = none - one topic only
-- param: cold number = 20 - a day is cold when its lowest reading is below this, in degrees Fahrenheit
-- param: hot number = 95 - a day is hot when its highest reading is above this, in degrees Fahrenheit
-- param: gust number = 40 - a day is stormy with thunder, hail or gusts of at least this many miles per hour
-- param: support integer = 5 - fewest articles of a topic, and fewest comparable days of a condition
-- param: permutations integer = 1000 - shuffles behind a p-value
-- param: top integer = 50 - how many topics are tried, most frequent first, whatever the weather
-- chart: table
-- x: topic
-- y: lift
-- series: condition
-- judge: weather_lift
with sources as (
    select dim_source.source_id, dim_source.name, dim_place.place_id
    from dim_source
    join dim_place on dim_place.place_key = dim_source.place_key
    where $source::text is null or dim_source.name = $source::text
),

spans as (
    select coalesce($until::date, max(date) filter (where observed_sources > 0)) as until_date from agg_day
),

bounds as (
    select
        until_date,
        coalesce($since::date, case when $source::text is null then until_date - 364 else date '0001-01-01' end)
            as since_date
    from spans
),

-- The weather of a source's own town: what its panel showed there, and what the town's weather station reported.
weather as (
    select
        sources.source_id,
        agg_weather_day.date,
        min(agg_weather_day.min_temp_f) as low_f,
        max(agg_weather_day.max_temp_f) as high_f,
        max(agg_weather_day.max_gust_mph) as gust_mph,
        max(agg_weather_day.precip_in) as precip_in,
        string_agg(lower(array_to_string(agg_weather_day.conditions, ' ')), ' ') as conditions
    from agg_weather_day
    join sources on sources.place_id = agg_weather_day.place_id
    join bounds on agg_weather_day.date between bounds.since_date and bounds.until_date
    where agg_weather_day.method = 'nws' or agg_weather_day.provider = sources.name
    group by all
),

days as materialized (
    select
        weather.*,
        coalesce(agg.articles, 0) as articles,
        row_number() over (order by weather.date, weather.source_id) - 1 as position,
        dense_rank() over (order by weather.source_id, date_trunc('month', weather.date)) as stratum
    from weather
    join fact_source_day
        on
            fact_source_day.source_id = weather.source_id
            and fact_source_day.date = weather.date
            and fact_source_day.observed
    left join (
        select source_id, posted_date, sum(articles)::integer as articles
        from agg_article_day
        where source_id in (select source_id from sources)
        group by all
    ) as agg on agg.source_id = weather.source_id and agg.posted_date = weather.date
),

exposures as (
    select position, 'cold' as condition, low_f < $cold::double as exposed
    from days
    where low_f is not null
    union all
    select position, 'hot', high_f > $hot::double
    from days
    where high_f is not null
    union all
    select
        position, 'wet',
        coalesce(precip_in > 0, false)
        or regexp_matches(conditions, 'rain|snow|shower|storm|sleet|drizzle|flurr|wintry|ice pellets')
    from days
    where precip_in is not null or conditions <> ''
    union all
    select
        position, 'stormy',
        coalesce(gust_mph >= $gust::double, false)
        or regexp_matches(conditions, 'thunder|storm|tornado|hail|squall')
    from days
    where gust_mph is not null or conditions <> ''
),

-- What a topic has in the months meant is the most it can have on their days of known weather. What the foremost have there
-- is then the least that another must have on all days to come before one of them: the rest are not looked at.
most as materialized (
    select tag_id, sum(observed_leaf_articles) as articles
    from agg_topic_month
    join bounds on month_date >= date_trunc('month', since_date)::date and month_date <= until_date
    where $source::text is null and $topic::text is null
    group by tag_id
),

foremost as (
    select tag_id from most order by articles desc limit $top::integer
),

ahead as materialized (
    select agg_tag_day.source_id, agg_tag_day.posted_date, agg_tag_day.tag_id, agg_tag_day.leaf_articles
    from agg_tag_day
    join bounds on agg_tag_day.posted_date between bounds.since_date and bounds.until_date
    join foremost on foremost.tag_id = agg_tag_day.tag_id
),

least_of as (
    select case when count(*) = $top::integer then min(articles) else 0 end as articles
    from (
        select ahead.tag_id, sum(ahead.leaf_articles) as articles
        from ahead
        join days on days.source_id = ahead.source_id and days.date = ahead.posted_date
        group by ahead.tag_id
    )
),

candidates as (
    select tag_id from dim_tag where folded = $topic::text
    union all
    select most.tag_id from most join least_of on most.articles >= least_of.articles
),

-- Each is a scan of its own, of which one is planned: all topics of one source, or some topics of all.
bearing as (
    select agg_tag_day.source_id, agg_tag_day.posted_date, agg_tag_day.tag_id, agg_tag_day.leaf_articles
    from agg_tag_day
    join candidates on candidates.tag_id = agg_tag_day.tag_id
    where agg_tag_day.leaf_articles > 0 and ($source::text is null or $topic::text is not null)
    union all
    select source_id, posted_date, tag_id, leaf_articles
    from agg_tag_day
    where
        leaf_articles > 0
        and $source::text is not null
        and $topic::text is null
        and source_id in (select source_id from sources)
),

tagged as materialized (
    select days.position, bearing.tag_id, bearing.leaf_articles
    from bearing
    join days on days.source_id = bearing.source_id and days.date = bearing.posted_date
),

topics as (
    select tagged.tag_id, dim_tag.label
    from tagged
    join dim_tag on dim_tag.tag_id = tagged.tag_id
    group by tagged.tag_id, dim_tag.label
    having sum(tagged.leaf_articles) >= $support::integer
    order by sum(tagged.leaf_articles) desc, dim_tag.label
    limit $top::integer
)

-- The days once, and what is said of them by their position: a list for each topic and condition would hold millions.
select 'days' as what, null as name, list(stratum order by position) as at_days, list(articles order by position) as counts
from days
union all
select 'condition', condition, list(position order by position), list(exposed::integer order by position)
from exposures
group by condition
union all
select
    'topic', topics.label, list(tagged.position), list(tagged.leaf_articles)
from topics
join tagged on tagged.tag_id = topics.tag_id
group by topics.label
order by what, name
