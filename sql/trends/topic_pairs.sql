-- title: Topic pairs
-- question: Which topics travel together more than chance would have it?
-- grain: one pair of topics over whole months of known articles, ancestors left out; lift with 95 % interval
-- param: since date = none - any day of the first month (none: the month before the last)
-- param: until date = none - any day of the last month (none: the last month that has pairs)
-- param: topic topic = none - pairs with this topic only
-- param: source text = none - one source only
-- param: support integer = 3 - fewest articles with both
-- param: top integer = 30 - how many pairs
-- chart: table
-- x: topic
-- y: lift
-- series: other
with sources as (
    select source_id from dim_source where name = $source::text
),

last_month as (
    select coalesce(date_trunc('month', $until::date)::date, max(month_date)) as until_month from agg_tag_pair_month
),

bounds as (
    select
        until_month,
        coalesce(date_trunc('month', $since::date), until_month - interval 1 month)::date as since_month
    from last_month
),

total as (
    select sum(articles) as articles
    from (
        select agg_day.articles
        from agg_day
        join bounds on agg_day.date >= since_month and agg_day.date < until_month + interval 1 month
        where $source::text is null
        union all
        select agg_article_day.articles
        from agg_article_day
        join bounds on posted_date >= since_month and posted_date < until_month + interval 1 month
        where $source::text is not null and source_id in (select source_id from sources)
    )
),

named as (
    select tag_id from dim_tag where folded = $topic::text
),

-- Pairs of one source are counted anew from its articles.
own as (
    select tag_id, other_tag_id, articles
    from tag_pairs(
        (select since_month from bounds), (select (until_month + interval 1 month)::date from bounds), $source::text
    )
    where $source::text is not null
),

-- A pair that reaches the support has its part of it in at least one of the months: only such pairs are added up.
frequent as (
    select distinct pair.tag_id, pair.other_tag_id
    from agg_tag_pair_month as pair
    join bounds on pair.month_date between bounds.since_month and bounds.until_month
    where
        $topic::text is null
        and $source::text is null
        and pair.tag_id < pair.other_tag_id
        and pair.articles >= (
            select ceil($support::integer / (date_diff('month', since_month, until_month) + 1)) from bounds
        )
),

-- The topic that is asked for stands first.
met as (
    select pair.tag_id, pair.other_tag_id, pair.articles
    from agg_tag_pair_month as pair
    join bounds on pair.month_date between bounds.since_month and bounds.until_month
    join frequent on frequent.tag_id = pair.tag_id and frequent.other_tag_id = pair.other_tag_id
    where $topic::text is null and $source::text is null and pair.tag_id < pair.other_tag_id
    union all
    select pair.tag_id, pair.other_tag_id, pair.articles
    from agg_tag_pair_month as pair
    join bounds on pair.month_date between bounds.since_month and bounds.until_month
    join named on named.tag_id = pair.tag_id
    where $topic::text is not null and $source::text is null
    union all
    select tag_id, other_tag_id, articles from own where $topic::text is null or tag_id in (select tag_id from named)
    union all
    select other_tag_id, tag_id, articles from own where other_tag_id in (select tag_id from named)
),

pairs as materialized (
    select tag_id, other_tag_id, sum(articles) as articles
    from met
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
        select tag_id, leaf_articles
        from agg_topic_month
        join bounds on month_date between since_month and until_month
        where $source::text is null
        union all
        select tag_id, leaf_articles
        from agg_tag_day
        join bounds on posted_date >= since_month and posted_date < until_month + interval 1 month
        where $source::text is not null and source_id in (select source_id from sources)
    ) as counted
    join mentioned on mentioned.tag_id = counted.tag_id
    group by counted.tag_id
),

compared as (
    select
        pairs.*,
        one.articles as topic_articles,
        other.articles as other_articles,
        one.articles * other.articles / total.articles as expected
    from pairs
    cross join total
    join topics as one on one.tag_id = pairs.tag_id
    join topics as other on other.tag_id = pairs.other_tag_id
),

foremost as (
    select
        compared.*, poisson_low(compared.articles) / compared.expected as lift_low, one_tag.label as topic,
        other_tag.label as other
    from compared
    join dim_tag as one_tag on one_tag.tag_id = compared.tag_id
    join dim_tag as other_tag on other_tag.tag_id = compared.other_tag_id
    order by lift_low desc, compared.articles desc, topic, other
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
from foremost
order by foremost.lift_low desc, foremost.articles desc, topic, other
