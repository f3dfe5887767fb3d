-- title: Weather and topics
-- question: Which topics appear more on cold, hot, wet, stormy or unusual days than on other days of the same month?
-- grain: one topic x condition; lift with 95 % interval, p-value, q-value and verdict over days of known weather
-- range: 365 days, all of one source
-- known: compared
-- tags: counted
-- needs: days with weather of the source's town and articles, and `support` days of a condition
-- param: since date = none - first local day (none: all of one source, the last year of all sources)
-- param: until date = none - last local day (none: last observed day, else last posted)
-- param: source text = none - only this source
-- param: topic topic = none - only this topic
-- param: cold number = 20 - a day is cold when its lowest temperature is below this, in degrees Fahrenheit
-- param: hot number = 95 - a day is hot when its highest temperature is above this, in degrees Fahrenheit
-- param: season number = 10 - a day is cold (hot) for the season in the lowest (highest) part of normal, in per cent
-- param: gust number = 40 - a day is stormy with thunder, hail or gusts of at least this speed, in miles per hour
-- param: support integer = 5 - minimum articles of a topic, and minimum comparable days of a condition
-- param: permutations integer = 10000 - number of shifts of the calendar behind a p-value
-- param: top integer = 50 - number of topics tested, most frequent first, whatever the weather
-- param: count count = articles - count articles, or stories: a wire story once, at its first article
-- param: show show = likely - rows that are likely real, or all
-- chart: table
-- x: topic
-- y: lift
-- series: condition
-- postprocess: weather_lift
-- heading: expected = articles expected
-- heading: exposed_days = days of the condition
-- heading: effective_days = independent days
with weather as (
    select
        weather.source_id, weather.date,
        min(weather.min_temp_f) as low_f,
        max(weather.max_temp_f) as high_f,
        max(weather.max_gust_mph) as gust_mph,
        max(weather.precip_in) as precip_in,
        string_agg(weather.conditions, ' ') as conditions
    from source_weather($source::text) as weather
    where weather.date between $since::date and $until::date
    group by all
),

-- How cold and hot a day was among those near the same day of the year, where ten years of them are known.
seasonal as (
    select source.source_id, by_day.date, by_day.low_percentile, by_day.high_percentile
    from weather_by_day as by_day
    join dim_place as town on town.place_id = by_day.place_id
    join selected_sources($source::text) as source on source.place_key = town.place_key
    where by_day.date between $since::date and $until::date and by_day.normal_years is not null
),

posted as (
    select source_id, posted_date, sum(if($count::text = 'stories', stories, articles))::integer as articles
    from agg_article_day
    where posted_date between $since::date and $until::date
    group by all
),

days as materialized (
    select
        weather.*, seasonal.low_percentile, seasonal.high_percentile,
        coalesce(posted.articles, 0) as articles,
        row_number() over (order by weather.date, weather.source_id) - 1 as position
    from weather
    join compared_source_days($since::date, $until::date, $source::text, $with_known::boolean) as compared
        on compared.source_id = weather.source_id and compared.date = weather.date
    anti join agg_untagged_day as untagged
        on untagged.source_id = weather.source_id and untagged.date = weather.date
    left join seasonal on seasonal.source_id = weather.source_id and seasonal.date = weather.date
    left join posted on posted.source_id = weather.source_id and posted.posted_date = weather.date
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
    select position, 'cold for the season', low_percentile <= $season::double
    from days
    where low_percentile is not null
    union all
    select position, 'hot for the season', high_percentile >= 100 - $season::double
    from days
    where high_percentile is not null
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

-- Over all sources, the `top` topics on days of known weather are found without reading all topics by day: the articles
-- of a whole month are an upper bound, and the least that the topics leading by it have on those days is a lower one.
upper_bounds as materialized (
    select tag_id, sum(if($with_known::boolean, leaf_articles, observed_leaf_articles)) as articles
    from agg_topic_month
    where
        $source::text is null
        and $topic::text is null
        and month_date between date_trunc('month', $since::date)::date and $until::date
    group by tag_id
),

leading_topics as (
    select tag_id from upper_bounds order by articles desc limit $top::integer
),

leading_days as materialized (
    select tagged.source_id, tagged.posted_date, tagged.tag_id, tagged.leaf_articles
    from agg_tag_day as tagged
    join leading_topics on leading_topics.tag_id = tagged.tag_id
    where tagged.posted_date between $since::date and $until::date
),

lower_bound as (
    select case when count(*) = $top::integer then min(articles) else 0 end as articles
    from (
        select leading_days.tag_id, sum(leading_days.leaf_articles) as articles
        from leading_days
        join days on days.source_id = leading_days.source_id and days.date = leading_days.posted_date
        group by leading_days.tag_id
    )
),

candidates as (
    select tag_id from dim_tag where folded = $topic::text
    union all
    select upper_bounds.tag_id
    from upper_bounds
    join lower_bound on upper_bounds.articles >= lower_bound.articles
),

-- One UNION ALL branch per parameter combination: some topics of all sources, or all topics of one source.
topic_days as (
    select tagged.source_id, tagged.posted_date, tagged.tag_id, tagged.leaf_articles, tagged.stories
    from agg_tag_day as tagged
    join candidates on candidates.tag_id = tagged.tag_id
    where tagged.leaf_articles > 0 and ($source::text is null or $topic::text is not null)
    union all
    select source_id, posted_date, tag_id, leaf_articles, stories
    from agg_tag_day
    where
        leaf_articles > 0
        and $source::text is not null
        and $topic::text is null
        and source_id = (select source_id from dim_source where name = $source::text)
),

tagged as materialized (
    select
        days.position, topic_days.tag_id, topic_days.leaf_articles,
        if($count::text = 'stories', topic_days.stories, topic_days.leaf_articles) as counted
    from topic_days
    join days on days.source_id = topic_days.source_id and days.date = topic_days.posted_date
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

-- Conditions and topics refer to a day by its position: one row per topic, condition and day would be millions.
select
    'articles' as kind, null as name, list(position order by position) as at_days,
    list(articles order by position) as counts
from days
union all
select
    'calendar', null, list(date_diff('day', date '1970-01-01', date) order by position),
    list(source_id order by position)
from days
union all
select 'condition', condition, list(position order by position), list(exposed::integer order by position)
from exposures
group by condition
union all
select
    'topic', topics.label, list(tagged.position), list(tagged.counted)
from topics
join tagged on tagged.tag_id = topics.tag_id
group by topics.label
order by kind, name
