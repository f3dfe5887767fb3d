-- Counts and hashes the rows of dim_organisation.
-- reads: dim_organisation
select
    count(*) as rows,
    coalesce(sum(hash((
        folded, name
    ))::hugeint), 0)::text as hash
from dim_organisation;
