-- Returns the towns that articles with some topics name.
-- grain: one topic of $topics x town, the most articles first
-- reads: article_tags, dim_place, fact_article_place
select
    article_tags.tag as topic, town.name as town, town.state,
    count(distinct article_tags.article_id) as articles
from article_tags
join fact_article_place as mention on mention.article_id = article_tags.article_id
join dim_place as town on town.place_id = mention.place_id
where
    list_contains($topics::text[], article_tags.folded)
    and ($source::text is null or article_tags.source = $source::text)
    and ($since::date is null or article_tags.posted_date >= $since::date)
    and ($until::date is null or article_tags.posted_date <= $until::date)
group by article_tags.tag, town.name, town.state
order by articles desc, topic, town
