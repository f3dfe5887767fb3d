-- title: Topics after an alert
-- question: Which topics do newsrooms cover after a weather alert, and how soon?
-- grain: one event x topic; share of articles in the hours after an alert against other times, lift with 95 % interval
-- range: 90 days
-- known: counted
-- tags: counted
-- needs: alerts, from banners on captured pages or an NWS source, and `support` articles of a topic after them
-- param: since date = none - first UTC day of alerts (none: 90 days up to `until`)
-- param: until date = none - last UTC day of alerts (none: last observed day, else last posted)
-- param: source text = none - only this source
-- param: hours number = 12 - hours after the start of an alert that count as after it
-- param: support integer = 3 - minimum articles of the topic after alerts of that kind
-- param: top integer = 30 - number of rows, clearest lift first, parent topics left out
-- chart: table
-- x: topic
-- y: lift
-- series: event
-- heading: p50_minutes_to_first = minutes to the first article, median
-- heading: articles_after = articles after alerts
-- heading: all_after = all articles after alerts
-- heading: articles_else = articles at other times
-- heading: all_else = all articles at other times
-- heading: alerts_answered = alerts with an article
with sources as (
    select source.source_id, town.state
    from selected_sources($source::text) as source
    left join dim_place as town on town.place_key = source.place_key
),

-- A banner names the alerts in force; an alert of the weather service applies to the sources in its zone's state.
notices as (
    select source_id, unnest(string_split(text, ' - ')) as event, from_at, until_at
    from fact_banner
    where kind = 'severe' and from_at is not null
    union all
    select
        sources.source_id, alert.event, coalesce(alert.sent_at, alert.first_seen_at),
        coalesce(least(alert.ends_at, alert.ended_at), alert.sent_at, alert.first_seen_at)
    from fact_alert as alert
    join sources on sources.state = left(alert.zone, 2)
),

-- An alert that returns within six hours is the same one.
starts as (
    select source_id, trim(event) as event, from_at as started_at
    from notices
    where source_id in (select source_id from sources)
    qualify
        coalesce(
            from_at > max(until_at) over (
                partition by source_id, trim(event) order by from_at rows between unbounded preceding and 1 preceding
            ) + interval 6 hour,
            true
        )
),

alerts as (
    select source_id, event, started_at
    from starts
    where
        started_at >= timezone('UTC', $since::date::timestamp)
        and started_at < timezone('UTC', ($until::date + 1)::timestamp)
),

articles as (
    select article_id, source_id, posted_at, posted_date
    from fact_article
    where
        posted_at is not null
        and posted_precision in ('instant', 'minute')
        and source_id in (select source_id from alerts)
        and posted_date between $since::date and $until::date + 1
),

after as (
    select
        alerts.event, articles.article_id, max(alerts.started_at) as started_at,
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
    select distinct articles.article_id, coalesce(alias_span.means_tag_id, link.tag_id) as tag_id
    from articles
    join fact_article_tag as link on link.article_id = articles.article_id and not link.is_parent
    left join alias_span
        on
            alias_span.tag_id = link.tag_id
            and articles.posted_date >= alias_span.since_date
            and articles.posted_date < alias_span.before_date
),

firsts as (
    select
        after.event, tagged.tag_id, count(*) as articles,
        min(epoch(after.posted_at - after.started_at)) / 60 as minutes
    from after
    join tagged on tagged.article_id = after.article_id
    group by after.event, tagged.tag_id, after.source_id, after.started_at
),

answered as (
    select
        event, tag_id, count(*) as alerts_answered, sum(articles) as articles_after,
        quantile_cont(minutes, 0.5) as p50_minutes
    from firsts
    group by event, tag_id
    having sum(articles) >= $support::integer
),

-- Compared with articles of the sources that had such an alert, outside its hours.
concerned as (
    select events.event, events.alerts, articles.article_id
    from (select event, count(*) as alerts from alerts group by event) as events
    join articles on articles.source_id in (select source_id from alerts where alerts.event = events.event)
),

all_articles as (
    select
        concerned.event, any_value(concerned.alerts) as alerts, count(after.article_id) as all_after,
        count(*) - count(after.article_id) as all_else
    from concerned
    left join after on after.event = concerned.event and after.article_id = concerned.article_id
    group by concerned.event
),

all_tagged as (
    select concerned.event, tagged.tag_id, count(*) as articles
    from concerned
    join tagged on tagged.article_id = concerned.article_id
    group by concerned.event, tagged.tag_id
),

compared as (
    select
        answered.*, all_articles.alerts, all_articles.all_after, all_articles.all_else,
        all_tagged.articles - answered.articles_after as articles_else,
        (answered.articles_after + 0.5) / (all_articles.all_after + 1) as share_after,
        (articles_else + 0.5) / (all_articles.all_else + 1) as share_else,
        ln(share_after) - ln(share_else) as log_lift,
        1.96 * sqrt(
            greatest(
                0,
                1 / (answered.articles_after + 0.5) - 1 / (all_articles.all_after + 1)
                + 1 / (articles_else + 0.5) - 1 / (all_articles.all_else + 1)
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
    compared.alerts_answered,
    compared.alerts,
    compared.articles_after::bigint as articles_after,
    compared.all_after,
    compared.articles_else::bigint as articles_else,
    compared.all_else
from compared
join dim_tag on dim_tag.tag_id = compared.tag_id
order by compared.log_lift - compared.half_width desc, compared.event, topic
limit $top::integer
