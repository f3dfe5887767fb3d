-- title: Alerts not reported
-- question: Which weather alerts for its town did a source never report?
-- grain: one source x alert without a banner and without an article that names the event in headline or summary
-- range: 90 days
-- known: left out
-- needs: alerts of the weather service for the town of a source, and days on which the source was observed
-- param: since date = none - first UTC day of alerts (none: 90 days up to `until`)
-- param: until date = none - last UTC day of alerts (none: last observed day, else last posted)
-- param: source text = none - only this source
-- param: hours number = 24 - hours from the start of an alert in which an article counts
-- param: top integer = 50 - number of alerts, latest first
-- chart: table
-- x: event
-- y: articles
-- series: source
-- heading: articles = articles in those hours
-- heading: alerts = alerts of that kind
-- heading: reported = of them reported
with alerts as materialized (
    select
        alert.source_id, source.name as source, source.zone, alert.event, alert.started_at, alert.until_at,
        alert.is_shown
    from source_alerts($source::text) as alert
    join selected_sources($source::text) as source on source.source_id = alert.source_id
    join fact_source_day as seen
        on
            seen.source_id = alert.source_id and seen.observed
            and seen.date = timezone(source.zone, alert.started_at)::date
    -- An alert can be reported until its hours have ended.
    join fact_source_day as ended
        on
            ended.source_id = alert.source_id and ended.observed
            and ended.date = timezone(source.zone, alert.started_at + to_seconds(3600 * $hours::double))::date
    where
        alert.started_at >= timezone('UTC', $since::date::timestamp)
        and alert.started_at < timezone('UTC', ($until::date + 1)::timestamp)
),

articles as materialized (
    select source_id, posted_at, lower(concat_ws(' ', title, summary)) as text
    from fact_article
    where
        posted_date between $since::date - 1 and $until::date + 2 + ceil($hours::double / 24)::integer
        and posted_precision in ('instant', 'minute')
        and source_id in (select source_id from alerts)
),

-- Times of posting are known to the minute: an article of the minute in which an alert starts is after it.
compared as (
    select
        alerts.source, alerts.event, alerts.started_at, alerts.until_at, count(articles.posted_at) as articles,
        alerts.is_shown or coalesce(bool_or(contains(articles.text, lower(alerts.event))), false) as is_reported
    from alerts
    left join articles
        on
            articles.source_id = alerts.source_id
            and articles.posted_at >= date_trunc('minute', alerts.started_at)
            and articles.posted_at < date_trunc('minute', alerts.started_at) + to_seconds(3600 * $hours::double)
    group by alerts.source, alerts.event, alerts.started_at, alerts.until_at, alerts.is_shown
),

kinds as (
    select source, event, count(*) as alerts, count(*) filter (where is_reported) as reported
    from compared
    group by source, event
)

select
    compared.source, compared.event, compared.started_at, compared.until_at, compared.articles, kinds.alerts,
    kinds.reported
from compared
join kinds on kinds.source = compared.source and kinds.event = compared.event
where not compared.is_reported
order by compared.started_at desc, compared.source, compared.event
limit $top::integer
