-- Labels to review, from tags by day of posting, for `newsvane topics`. Renamed tags that have an alias are not listed.
-- grain: one finding; finding is case | spelling | renamed | loose | unused
with counted as (
    select
        dim_tag.tag_id, dim_tag.folded, dim_tag.label, dim_tag.facet,
        sum(agg_tag_day.articles)::bigint as articles,
        min(agg_tag_day.posted_date) as first_date,
        max(agg_tag_day.posted_date) as last_date,
        regexp_replace(dim_tag.folded, '[^\pL\pN]', '', 'g') as letters
    from agg_tag_day
    join dim_tag on dim_tag.tag_id = agg_tag_day.tag_id
    group by dim_tag.tag_id, dim_tag.folded, dim_tag.label, dim_tag.facet
),

variants as (
    select tag_id, raw_label, count(distinct article_id) as articles
    from fact_article_tag
    group by tag_id, raw_label
    qualify count(*) over (partition by tag_id) > 1
),

-- The most frequent spelling comes first, the others follow.
cases as (
    select
        'case' as finding,
        first(raw_label order by articles desc, raw_label) as label,
        first(articles order by articles desc, raw_label)::bigint as articles,
        array_to_string((list(raw_label order by articles desc, raw_label))[2:], ' | ') as other,
        sum(articles)::bigint - first(articles order by articles desc, raw_label)::bigint as other_articles,
        'differ in case or spacing, counted as one' as note
    from variants
    group by tag_id
),

-- Only labels that share their first three or last three letters are compared, and only with the same numbers.
blocks as (
    select tag_id, 'from ' || left(letters, 3) as block from counted
    union
    select tag_id, 'to ' || right(letters, 3) from counted
),

near as (
    select distinct one.tag_id, other.tag_id as other_id
    from blocks as one
    join blocks as other on other.block = one.block and other.tag_id > one.tag_id
),

spellings as (
    select
        'spelling' as finding,
        if(one.articles >= other.articles, one.label, other.label) as label,
        greatest(one.articles, other.articles) as articles,
        if(one.articles >= other.articles, other.label, one.label) as other,
        least(one.articles, other.articles) as other_articles,
        case
            when one.letters = other.letters then 'differ in punctuation only'
            else 'differ in ' || damerau_levenshtein(one.letters, other.letters) || ' letters'
        end as note
    from near
    join counted as one on one.tag_id = near.tag_id
    join counted as other on other.tag_id = near.other_id
    where
        abs(length(one.letters) - length(other.letters)) <= 2
        and regexp_replace(one.folded, '[^0-9]', '', 'g') = regexp_replace(other.folded, '[^0-9]', '', 'g')
        and least(length(one.letters), length(other.letters)) >= 4
        and damerau_levenshtein(one.letters, other.letters)
        <= if(least(length(one.letters), length(other.letters)) >= 9, 2, 1)
),

-- One name ended, and a similar one began within four weeks.
renamed as (
    select
        'renamed' as finding, before.label as label, before.articles, after.label as other,
        after.articles as other_articles,
        'last on ' || before.last_date || ', the other first on ' || after.first_date as note
    from counted as before
    join counted as after
        on
            after.first_date > before.last_date
            and after.first_date <= before.last_date + 28
            and after.tag_id <> before.tag_id
    where
        before.articles >= $support::integer
        and after.articles >= $support::integer
        and (
            jaro_winkler_similarity(before.folded, after.folded) >= 0.85
            or list_has_any(
                list_filter(string_split(before.folded, ' '), word -> length(word) >= 5),
                list_filter(string_split(after.folded, ' '), word -> length(word) >= 5)
            )
        )
),

configured as (
    select tag_folded as folded, 'child in [parents]' as place from tag_parent
    union
    select parent_folded, 'parent in [parents]' from tag_parent
    union
    select alias_folded, 'label of an alias' from tag_alias
),

loose as (
    select
        'loose' as finding, label, articles, null::text as other, null::bigint as other_articles,
        'not in topics.toml as facet, parent or alias' as note
    from counted
    where
        articles >= $support::integer
        and facet is null
        and folded not in (select folded from configured)
        and folded not in (select means_folded from tag_alias)
),

used as (
    select folded from dim_tag where tag_id in (select tag_id from fact_article_tag)
),

unused as (
    select
        'unused' as finding, configured.folded as label, 0::bigint as articles, null::text as other,
        null::bigint as other_articles, string_agg(configured.place, ', ' order by configured.place) as note
    from configured
    where configured.folded not in (select folded from used)
    group by configured.folded
),

findings as (
    from cases
    union all by name
    from spellings
    union all by name
    from renamed
    union all by name
    from loose
    union all by name
    from unused
)

select finding, label, articles, other, other_articles, note
from findings
where $finding::text is null or finding = $finding::text
qualify row_number() over (partition by finding order by articles desc, label, other) <= $top::integer
order by
    list_position(['spelling', 'case', 'renamed', 'loose', 'unused'], finding), articles desc, label, other
