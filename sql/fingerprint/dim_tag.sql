-- Counts and hashes the rows of dim_tag.
-- reads: dim_tag
select
    count(*) as rows,
    coalesce(sum(hash((
        folded, label, facet
    ))::hugeint), 0)::text as hash
from dim_tag;
