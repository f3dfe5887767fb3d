select count(*) as rows, coalesce(sum(hash((
    folded, label, facet
))::hugeint), 0)::text as content
from dim_tag;
