-- title: Phrase frequency
-- question: How many articles have a phrase in headline or summary, by day, week or month?
-- grain: one phrase x period; articles is 0 where observed days had none, null where none was observed or is known
-- range: history
-- known: counted
-- needs: a phrase (--phrase or --any), and articles with a day of posting
-- param: since date = none - first local day (none: 90 days, 104 weeks or all months up to `until`)
-- param: until date = none - last local day (none: last day in the ledger, else last posted)
-- param: by by = day - length of a period
-- param: phrase text = none - words that follow each other; several, separated by semicolons, have a line each
-- param: any_phrase text = none - phrases that count as one line: an article has any of them; separated by semicolons
-- param: not_phrase text = none - articles with any of these phrases are left out; separated by semicolons
-- param: source text = none - only this source
-- param: clock clock = posted - count by local day of posting, or by day first seen
-- chart: line
-- x: period
-- y: articles
-- series: phrase
-- heading: known_articles = articles known
-- heading: observed = any day observed
with line as (
    select trim(asked.phrase) as phrase, [trim(asked.phrase)] as phrases
    from (select unnest(string_split($phrase::text, ';')) as phrase) as asked
    where trim(asked.phrase) <> ''
    union
    select array_to_string(asked.phrases, ' or '), asked.phrases
    from (
        select list_filter(
            list_transform(string_split($any_phrase::text, ';'), lambda one: trim(one)), lambda one: one <> ''
        ) as phrases
    ) as asked
    where len(asked.phrases) > 0
),

excluded as (
    select list_transform(string_split(coalesce($not_phrase::text, ''), ';'), lambda one: trim(one)) as phrases
),

wanted as (
    select unnest(phrases) as phrase from line
    union
    select unnest(phrases) from excluded
),

-- All phrases are looked up together, so that the words are read once.
found as materialized (
    select distinct phrase, position >> 14 as article_id
    from phrase_positions((select list(phrase) from wanted), false)
),

matched as (
    select distinct line.phrase, found.article_id
    from line
    join found on list_contains(line.phrases, found.phrase)
    where
        found.article_id not in (
            select without.article_id
            from found as without
            where without.phrase in (select unnest(phrases) from excluded)
        )
),

dated as (
    select
        matched.phrase,
        if($clock::text = 'first_seen', article.first_seen_date, article.posted_date) as date,
        row_number() over (
            partition by matched.phrase, coalesce(fact_story.story_id, -article.article_id)
            order by if($clock::text = 'first_seen', article.first_seen_date, article.posted_date), article.article_id
        ) = 1 as is_first
    from matched
    join fact_article as article on article.article_id = matched.article_id
    left join fact_story on fact_story.article_id = article.article_id
    where
        $source::text is null
        or article.source_id = (select source_id from dim_source where name = $source::text)
),

counts as (
    select
        phrase, date_trunc($by::text, date)::date as period, count(*) as articles,
        count(*) filter (is_first) as stories
    from dated
    where date between $since::date and $until::date
    group by all
),

totals as (
    select date_trunc($by::text, date)::date as period, sum(articles)::bigint as articles
    from article_counts($since::date, $until::date, $clock::text, $source::text)
    group by all
),

filled as (
    select
        periods.period, line.phrase, periods.observed_days, periods.days,
        coalesce(counts.articles, if(periods.observed_days > 0, 0, null)) as articles,
        coalesce(counts.stories, if(periods.observed_days > 0, 0, null)) as stories,
        coalesce(counts.articles, 0) as known_articles,
        coalesce(totals.articles, 0) as all_articles
    from periods($since::date, $until::date, $by::text, $source::text) as periods
    cross join line
    left join counts on counts.period = periods.period and counts.phrase = line.phrase
    left join totals on totals.period = periods.period
)

-- Articles of days that were not observed count as known; no article is 0 only where a day was observed.
select
    period,
    phrase,
    articles,
    stories,
    round(articles / nullif(all_articles, 0), 4) as share,
    round(wilson_low(articles, if(articles is null, null, all_articles)), 4) as share_low,
    round(wilson_high(articles, if(articles is null, null, all_articles)), 4) as share_high,
    all_articles,
    known_articles,
    observed_days > 0 as observed,
    observed_days,
    days
from filled
order by phrase, period
