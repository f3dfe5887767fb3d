-- title: Topics after an alert
-- question: Which topics do newsrooms cover more after a weather alert, and how soon?
-- grain: one event x topic; hours after alerts against the same hours of other days; lift with 95 % interval, verdict
-- range: 90 days
-- known: counted
-- tags: counted
-- needs: alerts, from banners on captured pages or an NWS source, and `support` articles of a topic
-- param: since date = none - first UTC day (none: 90 days up to `until`)
-- param: until date = none - last UTC day (none: last observed day, else last posted)
-- param: source text = none - only this source
-- param: hours number = 12 - hours after the start of an alert that count as after it
-- param: support integer = 5 - minimum articles of a topic at the sources that had such an alert
-- param: permutations integer = 10000 - number of shifts of the calendar behind a p-value
-- param: top integer = 200 - number of topics tested, most frequent first, whatever the alerts, parent topics left out
-- param: show show = likely - rows that are likely real, or all
-- chart: table
-- x: topic
-- y: lift
-- series: event
-- postprocess: after_alert
-- heading: expected = articles expected
-- heading: p50_minutes_to_first = minutes to the first article, median
-- heading: articles_after = articles after alerts
-- heading: all_after = all articles after alerts
-- heading: alerts_answered = alerts with an article
with alerts as materialized (
    select source_id, event, started_at
    from source_alerts($source::text)
    where
        started_at >= timezone('UTC', $since::date::timestamp)
        and started_at < timezone('UTC', ($until::date + 1)::timestamp)
),

articles as materialized (
    select article_id, source_id, posted_at, posted_date, row_number() over (order by article_id) - 1 as position
    from fact_article
    where
        posted_at >= timezone('UTC', $since::date::timestamp)
        and posted_at < timezone('UTC', ($until::date + 1)::timestamp)
        and posted_precision in ('instant', 'minute')
        and source_id in (select source_id from alerts)
        and posted_date between $since::date - 1 and $until::date + 1
),

tagged as materialized (
    select distinct articles.position, coalesce(alias_span.means_tag_id, link.tag_id) as tag_id
    from articles
    join fact_article_tag as link on link.article_id = articles.article_id and not link.is_parent
    left join alias_span
        on
            alias_span.tag_id = link.tag_id
            and articles.posted_date >= alias_span.since_date
            and articles.posted_date < alias_span.before_date
    where link.article_id >= (select coalesce(min(article_id), 9223372036854775807) from articles)
),

topics as (
    select tagged.tag_id, dim_tag.label
    from tagged
    join dim_tag on dim_tag.tag_id = tagged.tag_id
    group by tagged.tag_id, dim_tag.label
    having count(*) >= $support::integer
    order by count(*) desc, dim_tag.label
    limit $top::integer
)

-- Topics refer to an article by its position.
select
    'articles' as kind, null as name, list(source_id order by position) as first_list,
    list(epoch(posted_at)::bigint order by position) as second_list
from articles
union all
select 'event', event, list(source_id), list(epoch(started_at)::bigint)
from alerts
group by event
union all
select 'topic', topics.label, list(tagged.position), []
from topics
join tagged on tagged.tag_id = topics.tag_id
group by topics.label
order by kind, name
