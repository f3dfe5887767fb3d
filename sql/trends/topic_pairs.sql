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

months as (
    select unnest(generate_series(since_month::timestamp, until_month::timestamp, interval 1 month))::date as month_date
    from bounds
),

total as (
    select sum(agg_article_day.articles) as articles
    from agg_article_day
    join months on months.month_date = date_trunc('month', agg_article_day.posted_date)::date
    where agg_article_day.source_id in (select source_id from sources)
),

named as (
    select tag_id from dim_tag where folded = $topic::text
),

-- Of a topic asked for both keys of a pair are looked through, and it stands first; else every pair is read once.
met as (
    select pair.tag_id, pair.other_tag_id, pair.source_id, pair.articles
    from agg_tag_pair_month as pair
    join months on months.month_date = pair.month_date
    where $topic::text is null
    union all
    select pair.tag_id, pair.other_tag_id, pair.source_id, pair.articles
    from agg_tag_pair_month as pair
    join months on months.month_date = pair.month_date
    join named on named.tag_id = pair.tag_id
    where $topic::text is not null
    union all
    select pair.other_tag_id, pair.tag_id, pair.source_id, pair.articles
    from agg_tag_pair_month as pair
    join months on months.month_date = pair.month_date
    join named on named.tag_id = pair.other_tag_id
    where $topic::text is not null
),

pairs as materialized (
    select tag_id, other_tag_id, sum(articles) as articles
    from met
    where source_id in (select source_id from sources)
    group by tag_id, other_tag_id
    having sum(articles) >= $support::integer
),

mentioned as (
    select tag_id from pairs
    union
    select other_tag_id from pairs
),

topics as materialized (
    select agg_tag_day.tag_id, sum(agg_tag_day.leaf_articles) as articles
    from agg_tag_day
    join mentioned on mentioned.tag_id = agg_tag_day.tag_id
    join bounds
        on
            agg_tag_day.posted_date >= bounds.since_month
            and agg_tag_day.posted_date < bounds.until_month + interval 1 month
    where agg_tag_day.source_id in (select source_id from sources)
    group by agg_tag_day.tag_id
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
)

select
    one_tag.label as topic,
    other_tag.label as other,
    round(compared.articles / compared.expected, 3) as lift,
    round(poisson_low(compared.articles) / compared.expected, 3) as lift_low,
    round(poisson_high(compared.articles) / compared.expected, 3) as lift_high,
    compared.articles::bigint as articles,
    round(compared.expected, 2) as expected,
    compared.topic_articles::bigint as topic_articles,
    compared.other_articles::bigint as other_articles
from compared
join dim_tag as one_tag on one_tag.tag_id = compared.tag_id
join dim_tag as other_tag on other_tag.tag_id = compared.other_tag_id
order by poisson_low(compared.articles) / compared.expected desc, compared.articles desc, topic, other
limit $top::integer
