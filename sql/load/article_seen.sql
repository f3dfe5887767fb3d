-- The other two clocks, the count of revisions, and whether the article has gone.
update fact_article
set
    first_seen_at = seen.first_at,
    last_seen_at = seen.last_at,
    first_seen_date = timezone(coalesce(source.zone, 'UTC'), seen.first_at)::date,
    revisions = coalesce(counted.revisions, 0),
    gone_at = (
        select min(fetched.requested_at)
        from fact_fetch as fetched
        join article_url as met on met.source_id = fetched.source_id and met.url = fetched.url
        where met.article_id = seen.article_id and fetched.outcome = 'gone' and fetched.requested_at > seen.last_at
    )
from (
    select article_id, min(captured_at) as first_at, max(captured_at) as last_at
    from article_reading
    where article_id in (select article_id from touched_article)
    group by article_id
) as seen
left join (
    select article_id, max(revision) as revisions
    from fact_article_revision
    where article_id in (select article_id from touched_article)
    group by article_id
) as counted on counted.article_id = seen.article_id
join fact_article as itself on itself.article_id = seen.article_id
join dim_source as source on source.source_id = itself.source_id
where fact_article.article_id = seen.article_id;
