-- Returns the articles that have every phrase and none of the excluded ones in headline, summary or stored body, and
-- meet the filters. A phrase weighs more the fewer articles have it, and in the headline most, in the body least.
-- grain: one article, at most $most after the first $skip; `total` is how many there are, `marks` where phrases stand
-- reads: article_state, article_tags, dim_source, fact_article, fact_article_revision, phrase_positions(),
--     words_asked(), words_in()
with found as materialized (
    select phrase, position >> 14 as article_id, (position & 16383)::integer as position
    from phrase_positions(list_concat($phrases::text[], $without::text[]), $in_bodies::boolean)
),

weighed as (
    select
        article_id, phrase,
        6 * count(*) filter (position < 512) + 2 * count(*) filter (position between 512 and 1023)
        + least(3, count(*) filter (position >= 1024)) as weight
    from found
    where phrase in (select unnest($phrases::text[]))
    group by article_id, phrase
),

rarity as (
    select phrase, ln(1 + (select count(*) from fact_article) / count(*)) as rarity from weighed group by phrase
),

scored as (
    select weighed.article_id, sum(rarity.rarity * weighed.weight / (weighed.weight + 2)) as score
    from weighed
    join rarity on rarity.phrase = weighed.phrase
    group by weighed.article_id
    having count(*) = (select count(distinct phrase) from (select unnest($phrases::text[]) as phrase))
),

met as materialized (
    select
        article.article_id, scored.score, article.posted_at, article.posted_date, article.revisions,
        count(*) over () as total
    from scored
    join fact_article as article on article.article_id = scored.article_id
    where
        article.article_id not in (
            select article_id from found where phrase in (select unnest($without::text[]))
        )
        and (
            $source::text is null
            or article.source_id = (select source_id from dim_source where name = $source::text)
        )
        and (
            $origin::text is null
            or article.origin_kind = case $origin::text when 'local' then 'own' else $origin::text end
        )
        and ($since::date is null or article.posted_date >= $since::date)
        and ($until::date is null or article.posted_date <= $until::date)
        and (
            $topic::text is null
            or article.article_id in (select article_id from article_tags where folded = $topic::text)
        )
    order by
        if($newest::boolean, 0, scored.score) desc, article.posted_date desc nulls last,
        article.posted_at desc nulls last, article.article_id
    limit $most::integer offset $skip::integer
),

marked as (
    select
        found.article_id,
        list({'position': found.position, 'words': len(words_asked(found.phrase))} order by found.position) as marks
    from found
    where found.article_id in (select article_id from met)
    group by found.article_id
),

body as (
    select met.article_id, state.body
    from met
    join fact_article_revision as revision
        on
            revision.article_id = met.article_id and revision.revision = met.revisions
            and revision.article_id >= (select min(article_id) from met)
    join article_state as state
        on
            state.article_id = revision.article_id and state.state_hash = revision.state_hash
            and state.article_id >= (select min(article_id) from met)
)

select
    met.article_id, source.name as source, article.title, article.summary, body.body, article.url, article.posted_at,
    met.posted_date, article.first_seen_at, article.gone_at, met.revisions, article.origin_kind,
    round(met.score, 3) as score,
    coalesce(words_in(article.title), []) as title_words, coalesce(words_in(article.summary), []) as summary_words,
    coalesce(words_in(body.body), []) as body_words, marked.marks, met.total
from met
join fact_article as article
    on article.article_id = met.article_id and article.article_id >= (select min(article_id) from met)
join dim_source as source on source.source_id = article.source_id
join marked on marked.article_id = met.article_id
left join body on body.article_id = met.article_id
order by
    if($newest::boolean, 0, met.score) desc, met.posted_date desc nulls last, met.posted_at desc nulls last,
    met.article_id
