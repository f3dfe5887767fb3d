-- title: Topic pairs
-- question: Which topics occur together more often than expected by chance?
-- grain: one pair of topics over whole months, ancestors left out; a story counts once; lift with 95 % interval
-- tags: counted
-- needs: a story with two topics
-- param: since date = none - any day of the first month (none: the month before the last)
-- param: until date = none - any day of the last month (none: the last month with articles)
-- param: topic topic = none - only pairs with this topic
-- param: source text = none - only this source
-- param: support integer = 3 - minimum stories of a topic
-- param: topics integer = 300 - number of topics whose pairs are tested, most frequent first
-- param: show show = likely - rows that are likely real, or all
-- param: top integer = 30 - number of pairs
-- chart: table
-- x: topic
-- y: lift
-- series: other
-- postprocess: pairs
-- heading: stories = stories with both
-- heading: expected = stories expected
-- heading: topic_stories = stories of the topic
-- heading: other_stories = stories of the other
-- heading: other = other topic
with months as (
    select
        coalesce(date_trunc('month', $until::date)::date, max(month_date)) as until_month,
        coalesce(date_trunc('month', $since::date), until_month - interval 1 month)::date as since_month,
        (until_month + interval 1 month - interval 1 day)::date as until_date
    from agg_topic_month
),

posted as materialized (
    select article.article_id, article.source_id, article.posted_date, article.posted_local, article.article_key
    from fact_article as article
    join months on article.posted_date between months.since_month and months.until_date
    where $source::text is null or article.source_id = (select source_id from dim_source where name = $source::text)
),

-- Of very many articles, one in `every` is compared: every story has the same chance to be in it.
part as (
    select greatest(1, count(*) // 200000) as every from posted
),

sampled as materialized (
    select
        posted.*, coalesce(story.story_id, posted.article_id) as story_id
    from posted
    left join fact_story as story on story.article_id = posted.article_id
    where
        hash(coalesce(story.story_id, posted.article_id)) % (select every from part) = 0
),

linked as materialized (
    select distinct sampled.article_id, coalesce(meaning.means_tag_id, link.tag_id) as tag_id
    from sampled
    join fact_article_tag as link on link.article_id = sampled.article_id
    left join alias_span as meaning
        on
            meaning.tag_id = link.tag_id
            and sampled.posted_date >= meaning.since_date and sampled.posted_date < meaning.before_date
    where
        not link.is_parent
        and link.article_id >= (select coalesce(min(article_id), 9223372036854775807) from sampled)
),

-- A story stands for its first article that has tags.
stories as materialized (
    select
        sampled.article_id,
        dense_rank() over (order by sampled.source_id, date_trunc('week', sampled.posted_date)) - 1 as stratum,
        row_number() over (order by sampled.article_id) - 1 as position
    from (
        select article_id, source_id, posted_date
        from sampled
        where article_id in (select article_id from linked)
        qualify
            row_number() over (partition by story_id order by posted_date, posted_local, article_key, source_id) = 1
    ) as sampled
),

topics as materialized (
    select
        counted.tag_id, dim_tag.label, dim_tag.folded, dim_tag.folded = $topic::text as is_named,
        row_number() over (order by counted.tag_id) - 1 as topic
    from (
        select linked.tag_id, count(*) as stories
        from linked
        join stories on stories.article_id = linked.article_id
        group by linked.tag_id
        having count(*) >= $support::integer
    ) as counted
    join dim_tag on dim_tag.tag_id = counted.tag_id
    qualify
        row_number() over (order by is_named desc nulls last, counted.stories desc, dim_tag.label) <= $topics::integer
),

links as (
    select stories.position as story, topics.topic
    from linked
    join stories on stories.article_id = linked.article_id
    join topics on topics.tag_id = linked.tag_id
),

ancestors as (
    select below.topic, above.topic as ancestor
    from tag_parent
    join topics as below on below.folded = tag_parent.tag_folded
    join topics as above on above.folded = tag_parent.parent_folded
)

select
    (select list(stratum::integer order by position) from stories) as strata,
    list(links.story::integer) as story_at,
    list(links.topic::integer) as topic_at,
    (select list(label order by topic) from topics) as labels,
    (select list(topic::integer order by topic, ancestor) from ancestors) as below,
    (select list(ancestor::integer order by topic, ancestor) from ancestors) as above,
    if($topic::text is null, null, coalesce((select list(topic::integer) from topics where is_named), [])) as named,
    (select every from part) as every
from links
