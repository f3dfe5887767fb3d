-- Pairs of tags on one article, parents left out: that they travel with their children says nothing.
delete from agg_tag_pair_month
where (source_id, month_date) in (
    select source_id, date_trunc('month', posted_date)::date from touched_day
);
insert into agg_tag_pair_month by name
with touched as (
    select distinct source_id, date_trunc('month', posted_date)::date as month_date from touched_day
),
tagged as (
    select
        touched.source_id, touched.month_date, article.article_id,
        coalesce(meaning.means_tag_id, link.tag_id) as tag_id
    from touched
    join fact_article as article
        on
            article.source_id = touched.source_id
            and date_trunc('month', article.posted_date)::date = touched.month_date
    join fact_article_tag as link on link.article_id = article.article_id
    left join alias_span as meaning on
        meaning.tag_id = link.tag_id
        and article.posted_date >= meaning.since_date and article.posted_date < meaning.before_date
    where not link.is_parent
    group by all
),
kin as (
    select below.tag_id, above.tag_id as kin_id
    from tag_parent
    join dim_tag as below on below.folded = tag_parent.tag_folded
    join dim_tag as above on above.folded = tag_parent.parent_folded
),
related as (
    select least(tag_id, kin_id) as tag_id, greatest(tag_id, kin_id) as other_tag_id from kin
),
-- An article with very many tags says little about any pair of them, and would cost the square of their number.
telling as (
    select * from tagged qualify count(*) over (partition by article_id) <= 100
)
select
    one.source_id, one.month_date, one.tag_id, other.tag_id as other_tag_id, count(*)::integer as articles
from telling as one
join telling as other on other.article_id = one.article_id and other.tag_id > one.tag_id
anti join related on related.tag_id = one.tag_id and related.other_tag_id = other.tag_id
group by all;
