-- Returns how many sources have articles with each of some topics in a range of posted days, and how many are observed.
-- grain: one topic of $topics
-- reads: article_tags, fact_source_day
select
    article_tags.folded as topic,
    count(distinct article_tags.source_id) as sources,
    (
        select count(distinct source_id) from fact_source_day
        where observed and date between $since::date and $until::date
    ) as observed_sources
from article_tags
where
    article_tags.posted_date between $since::date and $until::date
    and list_contains($topics::text[], article_tags.folded)
group by article_tags.folded
