-- Pairs of tags on one article, parents left out: that they travel with their children says nothing.
-- Restated for the months that changed since it last ran, once a refresh: a month costs the same however many batches
-- touched it.
delete from agg_tag_pair_month
where
    month_date >= (select coalesce(min(month_date), 'infinity') from stale_month)
    and (source_id, month_date) in (select source_id, month_date from stale_month);
insert into agg_tag_pair_month by name
with touched as materialized (
    select article_id, source_id, posted_date, date_trunc('month', posted_date)::date as month_date
    from fact_article
    where
        posted_date >= (select coalesce(min(month_date), 'infinity') from stale_month)
        and posted_date < (select max(month_date) + interval 1 month from stale_month)
        and (source_id, date_trunc('month', posted_date)::date) in (select source_id, month_date from stale_month)
),
tagged as (
    select distinct
        touched.source_id, touched.month_date, touched.article_id, coalesce(meaning.means_tag_id, link.tag_id) as tag_id
    from touched
    join fact_article_tag as link on link.article_id = touched.article_id
    left join alias_span as meaning on
        meaning.tag_id = link.tag_id
        and touched.posted_date >= meaning.since_date and touched.posted_date < meaning.before_date
    where not link.is_parent and link.article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched)
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
telling as materialized (
    select * from tagged qualify count(*) over (partition by article_id) <= 100
)
select
    one.source_id, one.month_date, one.tag_id, other.tag_id as other_tag_id, count(*)::integer as articles
from telling as one
join telling as other on other.article_id = one.article_id and other.tag_id > one.tag_id
anti join related on related.tag_id = one.tag_id and related.other_tag_id = other.tag_id
group by all
order by month_date, tag_id, other_tag_id;
delete from stale_month;
