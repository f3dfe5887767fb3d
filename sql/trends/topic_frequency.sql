-- title: Topic frequency
-- question: How many articles does each topic have, by day, week or month?
-- grain: one topic x period; articles is 0 where observed days had none, null where none was observed or is known
-- range: history
-- known: counted
-- tags: counted
-- needs: articles with tags and a day of posting
-- param: since date = none - first local day (none: 90 days, 104 weeks or all months up to `until`)
-- param: until date = none - last local day (none: last day in the ledger, else last posted)
-- param: by by = day - length of a period
-- param: topic topic = none - only this topic (none: the most frequent ones)
-- param: source text = none - only this source
-- param: tags tags = publisher - topics by the publishers' tags, by tags of a story's copies, by rules, or all ways
-- param: clock clock = posted - count by local day of posting, or by day first seen
-- param: top integer = 5 - number of topics when none is named, parent topics left out
-- chart: line
-- x: period
-- y: articles
-- series: topic
-- heading: known_articles = articles known
-- heading: observed = any day observed
-- heading: tag_coverage = share with tags
with tagged as not materialized (
    select tag_id, date, articles, leaf_articles, stories
    from topic_counts_by_clock($since::date, $until::date, $by::text, $clock::text, $source::text, $tags::text)
),

chosen as (
    select tag_id, label from dim_tag where folded = $topic::text
    union all
    (
        select tagged.tag_id, any_value(dim_tag.label)
        from tagged
        join dim_tag on dim_tag.tag_id = tagged.tag_id
        where $topic::text is null
        group by tagged.tag_id
        having sum(tagged.leaf_articles) > 0
        order by sum(tagged.leaf_articles) desc, any_value(dim_tag.folded)
        limit $top::integer
    )
),

counts as (
    select
        tagged.tag_id, date_trunc($by::text, tagged.date)::date as period,
        sum(tagged.articles)::bigint as articles, sum(tagged.stories)::bigint as stories
    from tagged
    join chosen on chosen.tag_id = tagged.tag_id
    group by all
)

-- Articles of days that were not observed count as known; no article is 0 only where a day was observed.
select
    periods.period,
    chosen.label as topic,
    coalesce(counts.articles, if(periods.observed_days > 0, 0, null)) as articles,
    coalesce(counts.stories, if(periods.observed_days > 0, 0, null)) as stories,
    coalesce(counts.articles, 0) as known_articles,
    periods.observed_days > 0 as observed,
    periods.observed_days,
    periods.days,
    periods.tag_coverage
from topic_periods($since::date, $until::date, $by::text, $source::text) as periods
cross join chosen
left join counts on counts.period = periods.period and counts.tag_id = chosen.tag_id
order by topic, periods.period
