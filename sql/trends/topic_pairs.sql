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
    select source_id from dim_source where $source::text is null or name = $source::text
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
    from agg_article_day
    where
        source_id in (select source_id from sources)
        and date_trunc('month', posted_date)::date
        between (select since_month from bounds) and (select until_month from bounds)
),

named as (
    select tag_id from dim_tag where folded = $topic::text
),

pairs as (
    select tag_id, other_tag_id, sum(articles) as articles
    from agg_tag_pair_month
    where
        source_id in (select source_id from sources)
        and month_date between (select since_month from bounds) and (select until_month from bounds)
        and (
            $topic::text is null
            or tag_id = (select tag_id from named)
            or other_tag_id = (select tag_id from named)
        )
    group by tag_id, other_tag_id
    having sum(articles) >= $support::integer
),

topics as (
    select tag_id, sum(leaf_articles) as articles
    from agg_tag_day
    where
        source_id in (select source_id from sources)
        and posted_date >= (select since_month from bounds)
        and date_trunc('month', posted_date)::date <= (select until_month from bounds)
        and tag_id in (select tag_id from pairs union select other_tag_id from pairs)
    group by tag_id
),

compared as (
    select
        pairs.*,
        one.articles as one_articles,
        other.articles as other_articles,
        one.articles * other.articles / total.articles as expected
    from pairs
    cross join total
    join topics as one on one.tag_id = pairs.tag_id
    join topics as other on other.tag_id = pairs.other_tag_id
),

-- The topic asked for stands first, whichever key of the pair is the smaller.
turned as (
    select
        compared.articles, compared.expected,
        case when asked_second then compared.other_tag_id else compared.tag_id end as tag_id,
        case when asked_second then compared.tag_id else compared.other_tag_id end as other_tag_id,
        case when asked_second then compared.other_articles else compared.one_articles end as topic_articles,
        case when asked_second then compared.one_articles else compared.other_articles end as other_articles
    from (
        select *, coalesce(other_tag_id = (select tag_id from named), false) as asked_second from compared
    ) as compared
)

select
    one_tag.label as topic,
    other_tag.label as other,
    round(turned.articles / turned.expected, 3) as lift,
    round(poisson_low(turned.articles) / turned.expected, 3) as lift_low,
    round(poisson_high(turned.articles) / turned.expected, 3) as lift_high,
    turned.articles::bigint as articles,
    round(turned.expected, 2) as expected,
    turned.topic_articles::bigint as topic_articles,
    turned.other_articles::bigint as other_articles
from turned
join dim_tag as one_tag on one_tag.tag_id = turned.tag_id
join dim_tag as other_tag on other_tag.tag_id = turned.other_tag_id
order by poisson_low(turned.articles) / turned.expected desc, turned.articles desc, topic, other
limit $top::integer
