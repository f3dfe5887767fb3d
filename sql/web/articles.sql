-- Returns the articles behind a number: those that meet every filter given, the last posted first.
-- grain: one article, at most $most after the first $skip; `total` is how many there are
-- reads: article_tags, dim_place, dim_source, fact_article, fact_article_place, fact_source_day, fact_story
select
    article.article_id,
    source.name as source,
    article.title,
    article.summary,
    article.posted_at,
    article.posted_date,
    article.first_seen_at,
    article.gone_at,
    article.revisions,
    article.origin_kind,
    article.url,
    count(*) over () as total
from fact_article as article
join dim_source as source on source.source_id = article.source_id
where
    ($source::text is null or source.name = $source::text)
    and ($url::text is null or article.url = $url::text)
    and (
        $origin::text is null
        or article.origin_kind = case $origin::text when 'local' then 'own' else $origin::text end
    )
    and (
        $since::date is null
        or if($clock::text = 'first_seen', article.first_seen_date, article.posted_date) >= $since::date
    )
    and (
        $until::date is null
        or if($clock::text = 'first_seen', article.first_seen_date, article.posted_date) <= $until::date
    )
    and (
        $topic::text is null
        or article.article_id in (
            select article_id from article_tags where folded = $topic::text and not ($leaf::boolean and is_parent)
        )
    )
    and (
        $other::text is null
        or article.article_id in (
            select article_id from article_tags where folded = $other::text and not ($leaf::boolean and is_parent)
        )
    )
    and (
        $town::text is null
        or article.article_id in (
            select mention.article_id
            from fact_article_place as mention
            join dim_place as town on town.place_id = mention.place_id
            where town.name = $town::text
        )
    )
    and (
        $story::bigint is null
        or article.article_id in (select article_id from fact_story where story_id = $story::bigint)
    )
    and (
        not $observed::boolean
        or exists (
            select 1
            from fact_source_day as day
            where
                day.source_id = article.source_id
                and day.date = if($clock::text = 'first_seen', article.first_seen_date, article.posted_date)
                and day.observed
        )
    )
    and (
        $weekday::integer is null
        or (article.posted_precision in ('instant', 'minute') and isodow(article.posted_local) = $weekday::integer)
    )
    and (
        $hour::integer is null
        or (article.posted_precision in ('instant', 'minute') and hour(article.posted_local) = $hour::integer)
    )
    and (
        $words::text is null
        or contains(lower(concat_ws(' ', article.title, article.summary)), lower($words::text))
    )
order by
    if($clock::text = 'first_seen', article.first_seen_date, article.posted_date) desc nulls last,
    article.posted_at desc nulls last, article.article_id
limit $most::integer offset $skip::integer
