-- title: Topic pairs
-- question: Which topics occur together more often than expected by chance?
-- grain: one pair of topics over whole months of known articles, ancestors left out; lift with 95 % interval
-- tags: counted
-- needs: `support` articles that two topics share
-- param: since date = none - any day of the first month (none: the month before the last)
-- param: until date = none - any day of the last month (none: the last month that has pairs)
-- param: topic topic = none - only pairs with this topic
-- param: source text = none - only this source
-- param: support integer = 3 - minimum articles with both topics
-- param: top integer = 30 - number of pairs
-- chart: table
-- x: topic
-- y: lift
-- series: other
-- heading: articles = articles with both
-- heading: expected = articles expected
-- heading: topic_articles = articles of the topic
-- heading: other_articles = articles of the other
-- heading: other = other topic
with months as (
    select
        coalesce(date_trunc('month', $until::date)::date, max(month_date)) as until_month,
        coalesce(date_trunc('month', $since::date), until_month - interval 1 month)::date as since_month,
        (until_month + interval 1 month - interval 1 day)::date as until_date,
        date_diff('month', since_month, until_month) + 1 as number
    from agg_tag_pair_month
),

total as (
    select sum(articles) as articles
    from (
        select day.articles
        from agg_day as day
        join months on day.date between months.since_month and months.until_date
        where $source::text is null
        union all
        select posted.articles
        from agg_article_day as posted
        join months on posted.posted_date between months.since_month and months.until_date
        where
            $source::text is not null
            and posted.source_id = (select source_id from dim_source where name = $source::text)
    )
),

named as (
    select tag_id from dim_tag where folded = $topic::text
),

-- There is no rollup of pairs by source: they are counted from the articles.
own as (
    select tag_id, other_tag_id, articles
    from tag_pairs((select since_month from months), (select until_date + 1 from months), $source::text)
    where $source::text is not null
),

-- A pair that reaches the support has its share of it in at least one month: only such pairs are summed.
frequent as (
    select distinct pair.tag_id, pair.other_tag_id
    from agg_tag_pair_month as pair
    join months on pair.month_date between months.since_month and months.until_month
    where
        $topic::text is null
        and $source::text is null
        and pair.tag_id < pair.other_tag_id
        and pair.articles >= (select ceil($support::integer / number) from months)
),

-- One UNION ALL branch per parameter combination; the named topic comes first.
found as (
    select pair.tag_id, pair.other_tag_id, pair.articles
    from agg_tag_pair_month as pair
    join months on pair.month_date between months.since_month and months.until_month
    join frequent on frequent.tag_id = pair.tag_id and frequent.other_tag_id = pair.other_tag_id
    where $topic::text is null and $source::text is null and pair.tag_id < pair.other_tag_id
    union all
    select pair.tag_id, pair.other_tag_id, pair.articles
    from agg_tag_pair_month as pair
    join months on pair.month_date between months.since_month and months.until_month
    join named on named.tag_id = pair.tag_id
    where $topic::text is not null and $source::text is null
    union all
    select tag_id, other_tag_id, articles from own where $topic::text is null or tag_id in (select tag_id from named)
    union all
    select other_tag_id, tag_id, articles from own where other_tag_id in (select tag_id from named)
),

pairs as materialized (
    select tag_id, other_tag_id, sum(articles) as articles
    from found
    group by tag_id, other_tag_id
    having sum(articles) >= $support::integer
),

mentioned as (
    select tag_id from pairs
    union
    select other_tag_id from pairs
),

topics as materialized (
    select counted.tag_id, sum(counted.leaf_articles) as articles
    from (
        select month.tag_id, month.leaf_articles
        from agg_topic_month as month
        join months on month.month_date between months.since_month and months.until_month
        where $source::text is null
        union all
        select posted.tag_id, posted.leaf_articles
        from agg_tag_day as posted
        join months on posted.posted_date between months.since_month and months.until_date
        where
            $source::text is not null
            and posted.source_id = (select source_id from dim_source where name = $source::text)
    ) as counted
    join mentioned on mentioned.tag_id = counted.tag_id
    group by counted.tag_id
),

ranked as (
    select
        one_tag.label as topic, other_tag.label as other, pairs.articles, one.articles as topic_articles,
        other_one.articles as other_articles,
        one.articles * other_one.articles / total.articles as expected,
        poisson_low(pairs.articles) / expected as lift_low
    from pairs
    cross join total
    join topics as one on one.tag_id = pairs.tag_id
    join topics as other_one on other_one.tag_id = pairs.other_tag_id
    join dim_tag as one_tag on one_tag.tag_id = pairs.tag_id
    join dim_tag as other_tag on other_tag.tag_id = pairs.other_tag_id
    order by lift_low desc, pairs.articles desc, topic, other
    limit $top::integer
)

select
    topic,
    other,
    round(articles / expected, 3) as lift,
    round(lift_low, 3) as lift_low,
    round(poisson_high(articles) / expected, 3) as lift_high,
    articles::bigint as articles,
    round(expected, 2) as expected,
    topic_articles::bigint as topic_articles,
    other_articles::bigint as other_articles
from ranked
order by ranked.lift_low desc, ranked.articles desc, topic, other
