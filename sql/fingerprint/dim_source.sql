-- Counts and hashes the rows of dim_source.
-- reads: dim_source
select
    count(*) as rows,
    coalesce(sum(hash((
        name, kind, title, home, zone, call_sign, owner, place_key, enabled, reviewed_date
    ))::hugeint), 0)::text as hash
from dim_source;
