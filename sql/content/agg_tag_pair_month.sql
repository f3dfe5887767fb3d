select count(*) as rows, coalesce(sum(hash((
    source.name, fact.month_date, least(one.folded, other.folded), greatest(one.folded, other.folded),
    fact.articles
))::hugeint), 0)::text as content
from agg_tag_pair_month as fact
join dim_source as source on source.source_id = fact.source_id
join dim_tag as one on one.tag_id = fact.tag_id
join dim_tag as other on other.tag_id = fact.other_tag_id;
