-- Recomputes pairs of tags on one article, without parents, for the months from the variable from_date to before_date.
-- Each pair is stored from both sides in order of the tag, so that all partners of one tag lie in few row groups.
-- reads: alias_span, dim_tag, fact_article, fact_article_tag, tag_parent, variable before_date, variable from_date
-- writes: agg_tag_pair_month
delete from agg_tag_pair_month
where month_date >= getvariable('from_date') and month_date < getvariable('before_date');

insert into agg_tag_pair_month by name
with posted as materialized (
    select article_id, posted_date
    from fact_article
    where posted_date >= getvariable('from_date') and posted_date < getvariable('before_date')
),

tagged as (
    select distinct
        posted.article_id, date_trunc('month', posted.posted_date)::date as month_date,
        coalesce(meaning.means_tag_id, link.tag_id) as tag_id
    from posted
    join fact_article_tag as link on link.article_id = posted.article_id
    left join alias_span as meaning
        on
            meaning.tag_id = link.tag_id
            and posted.posted_date >= meaning.since_date and posted.posted_date < meaning.before_date
    where
        not link.is_parent
        and link.article_id >= (select coalesce(min(article_id), 9223372036854775807) from posted)
),

ancestor as (
    select below.tag_id, above.tag_id as ancestor_id
    from tag_parent
    join dim_tag as below on below.folded = tag_parent.tag_folded
    join dim_tag as above on above.folded = tag_parent.parent_folded
),

-- A tag and its ancestor always occur together, so they are not a pair.
related as (
    select least(tag_id, ancestor_id) as tag_id, greatest(tag_id, ancestor_id) as other_tag_id from ancestor
),

-- An article with over 100 tags says little about any pair of them and costs the square of their number.
counted as materialized (
    select month_date, article_id, tag_id from tagged qualify count(*) over (partition by article_id) <= 100
),

pair as materialized (
    select one.month_date, one.tag_id, other.tag_id as other_tag_id, count(*)::integer as articles
    from counted as one
    join counted as other on other.article_id = one.article_id and other.tag_id > one.tag_id
    anti join related on related.tag_id = one.tag_id and related.other_tag_id = other.tag_id
    group by all
),

both_sides as (
    select month_date, tag_id, other_tag_id, articles from pair
    union all
    select month_date, other_tag_id, tag_id, articles from pair
)

select month_date, tag_id, other_tag_id, articles
from both_sides
order by month_date, tag_id, other_tag_id;
