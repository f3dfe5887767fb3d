select count(*) as rows, coalesce(sum(hash((
    folded, name
))::hugeint), 0)::text as content
from dim_organisation;
