-- title: Topics after an alert
-- question: What does a newsroom write after a weather alert, and how fast?
-- grain: one event x topic; share of articles in the hours after an alert against other times, lift with 95 % interval
-- param: since date = none - first UTC day of alerts (none: 90 days up to `until`)
-- param: until date = none - last UTC day of alerts (none: last day looked at)
-- param: source text = none - one source only
-- param: hours number = 12 - how long after its start an alert counts
-- param: support integer = 3 - fewest articles of the topic after alerts of that kind
-- param: top integer = 30 - how many rows, the surest lift first, parents left out
-- chart: table
-- x: topic
-- y: lift
-- series: event
with last_look as (
    select coalesce($until::date, max(date)) as until_date from fact_source_day where observed
),

bounds as (
    select
        until_date,
        coalesce($since::date, until_date - 89) as since_date,
        timezone('UTC', coalesce($since::date, until_date - 89)::timestamp) as since_at,
        timezone('UTC', (until_date + 1)::timestamp) as until_at
    from last_look
),

sources as (
    select dim_source.source_id, dim_place.state
    from dim_source
    left join dim_place on dim_place.place_key = dim_source.place_key
    where $source::text is null or dim_source.name = $source::text
),

-- The bar names what is in force; an alert of the weather service concerns the sources of its zone's state.
notices as (
    select
        fact_banner.source_id, unnest(string_split(fact_banner.text, ' - ')) as event, fact_banner.from_at,
        fact_banner.until_at
    from fact_banner
    where fact_banner.kind = 'severe' and fact_banner.from_at is not null
    union all
    select
        sources.source_id, fact_alert.event, coalesce(fact_alert.sent_at, fact_alert.first_seen_at),
        coalesce(
            least(fact_alert.ends_at, fact_alert.ended_at), fact_alert.sent_at, fact_alert.first_seen_at
        )
    from fact_alert
    join sources on sources.state = left(fact_alert.zone, 2)
),

marked as (
    select
        source_id, trim(event) as event, from_at,
        coalesce(
            from_at > max(until_at) over (
                partition by source_id, trim(event) order by from_at rows between unbounded preceding and 1 preceding
            ) + interval 6 hour,
            true
        ) as starts
    from notices
    where source_id in (select source_id from sources)
),

-- An alert that returns within six hours is the same one.
alerts as (
    select marked.source_id, marked.event, marked.from_at as started_at
    from marked
    join bounds on marked.from_at >= bounds.since_at and marked.from_at < bounds.until_at
    where marked.starts
),

articles as (
    select fact_article.article_id, fact_article.source_id, fact_article.posted_at, fact_article.posted_date
    from fact_article
    join fact_source_day
        on
            fact_source_day.source_id = fact_article.source_id
            and fact_source_day.date = fact_article.posted_date
            and fact_source_day.observed
    where
        fact_article.posted_at is not null
        and fact_article.posted_precision in ('instant', 'minute')
        and fact_article.source_id in (select source_id from alerts)
        and fact_article.posted_date between (select since_date from bounds) and (select until_date from bounds) + 1
),

events as (
    select event, count(*) as alerts from alerts group by event
),

after as (
    select
        alerts.event, articles.article_id, arg_max(alerts.started_at, alerts.started_at) as started_at,
        any_value(articles.source_id) as source_id, any_value(articles.posted_at) as posted_at
    from alerts
    join articles
        on
            articles.source_id = alerts.source_id
            and articles.posted_date
            between (alerts.started_at::date - 1) and (alerts.started_at + to_seconds(3600 * $hours::double))::date
            and articles.posted_at >= alerts.started_at
            and articles.posted_at < alerts.started_at + to_seconds(3600 * $hours::double)
    group by alerts.event, articles.article_id
),

tagged as (
    select distinct articles.article_id, coalesce(alias_span.means_tag_id, fact_article_tag.tag_id) as tag_id
    from articles
    join fact_article_tag on fact_article_tag.article_id = articles.article_id and not fact_article_tag.is_parent
    left join alias_span
        on
            alias_span.tag_id = fact_article_tag.tag_id
            and articles.posted_date >= alias_span.since_date
            and articles.posted_date < alias_span.before_date
),

firsts as (
    select
        after.event, tagged.tag_id, after.source_id, after.started_at,
        count(*) as articles,
        min(epoch(after.posted_at - after.started_at)) / 60 as minutes
    from after
    join tagged on tagged.article_id = after.article_id
    group by all
),

answered as (
    select
        event, tag_id, count(*) as answered, sum(articles) as after_articles,
        quantile_cont(minutes, 0.5) as p50_minutes
    from firsts
    group by event, tag_id
    having sum(articles) >= $support::integer
),

-- Other times: articles of the sources that had such an alert, outside its hours.
all_articles as (
    select
        events.event, events.alerts, count(after.article_id) as after_n,
        count(*) - count(after.article_id) as other_n
    from events
    join articles on articles.source_id in (select source_id from alerts where alerts.event = events.event)
    left join after on after.event = events.event and after.article_id = articles.article_id
    group by events.event, events.alerts
),

all_tagged as (
    select events.event, tagged.tag_id, count(*) as tagged_articles
    from events
    join articles on articles.source_id in (select source_id from alerts where alerts.event = events.event)
    join tagged on tagged.article_id = articles.article_id
    group by events.event, tagged.tag_id
),

compared as (
    select
        answered.*, all_articles.alerts, all_articles.after_n, all_articles.other_n,
        all_tagged.tagged_articles - answered.after_articles as other_articles,
        ln((answered.after_articles + 0.5) / (all_articles.after_n + 1))
        - ln((all_tagged.tagged_articles - answered.after_articles + 0.5) / (all_articles.other_n + 1)) as log_lift,
        1.96 * sqrt(
            greatest(
                0,
                1 / (answered.after_articles + 0.5) - 1 / (all_articles.after_n + 1)
                + 1 / (all_tagged.tagged_articles - answered.after_articles + 0.5) - 1 / (all_articles.other_n + 1)
            )
        ) as half_width
    from answered
    join all_articles on all_articles.event = answered.event
    join all_tagged on all_tagged.event = answered.event and all_tagged.tag_id = answered.tag_id
)

select
    compared.event,
    dim_tag.label as topic,
    round(exp(compared.log_lift), 3) as lift,
    round(exp(compared.log_lift - compared.half_width), 3) as lift_low,
    round(exp(compared.log_lift + compared.half_width), 3) as lift_high,
    round(compared.p50_minutes, 1) as p50_minutes_to_first,
    compared.answered as alerts_answered,
    compared.alerts,
    compared.after_articles::bigint as articles_after,
    compared.after_n as all_after,
    compared.other_articles::bigint as articles_else,
    compared.other_n as all_else
from compared
join dim_tag on dim_tag.tag_id = compared.tag_id
order by compared.log_lift - compared.half_width desc, compared.event, topic
limit $top::integer
