-- Counts and hashes the rows of agg_tag_pair_month.
-- reads: agg_tag_pair_month, dim_tag
select
    count(*) as rows,
    coalesce(sum(hash((
        fact.month_date, one.folded, other.folded, fact.articles
    ))::hugeint), 0)::text as hash
from agg_tag_pair_month as fact
join dim_tag as one on one.tag_id = fact.tag_id
join dim_tag as other on other.tag_id = fact.other_tag_id;
