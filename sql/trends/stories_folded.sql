-- title: Stories without copies
-- question: How many stories remain when syndicated copies count once?
-- grain: one source x period; a story counts with its first article at any source; null: not observed, none known
-- range: history
-- known: counted
-- needs: articles with a day of posting
-- param: since date = none - first local day (none: 90 days, 104 weeks or all months up to `until`)
-- param: until date = none - last local day (none: last day in the ledger, else last posted)
-- param: by by = month - length of a period
-- param: source text = none - only this source
-- chart: line
-- x: period
-- y: stories
-- series: source
-- heading: copied_share = share of copies

-- Sources that never post articles (a weather service, for example) are left out.
with days as (
    select source.source_id, source.name, dim_date.date, date_trunc($by::text, dim_date.date)::date as period
    from selected_sources($source::text) as source
    join dim_date on dim_date.date between $since::date and $until::date
    where
        source.source_id in (select source_id from agg_article_day)
        and (
            source.source_id in (
                select source_id from fact_source_day where date between $since::date and $until::date
            )
            or source.source_id in (
                select source_id from agg_article_day where posted_date between $since::date and $until::date
            )
        )
),

counts as (
    select source_id, posted_date, sum(articles) as articles, sum(stories) as stories
    from agg_article_day
    where posted_date between $since::date and $until::date
    group by all
),

filled as (
    select
        days.name as source, days.period, count(*) as days, count(observed.date) as observed_days,
        coalesce(sum(counts.articles), if(observed_days > 0, 0, null))::bigint as articles,
        coalesce(sum(counts.stories), if(observed_days > 0, 0, null))::bigint as stories
    from days
    left join fact_source_day as observed
        on observed.source_id = days.source_id and observed.date = days.date and observed.observed
    left join counts on counts.source_id = days.source_id and counts.posted_date = days.date
    group by all
)

select
    period,
    source,
    articles,
    stories,
    articles - stories as copies,
    round((articles - stories) / nullif(articles, 0), 4) as copied_share,
    round(wilson_low(articles - stories, articles), 4) as share_low,
    round(wilson_high(articles - stories, articles), 4) as share_high,
    observed_days,
    days
from filled
order by source, period
