-- Counts and hashes the rows of dim_condition.
-- reads: dim_condition
select
    count(*) as rows,
    coalesce(sum(hash((
        name
    ))::hugeint), 0)::text as hash
from dim_condition;
