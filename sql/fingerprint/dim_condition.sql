select count(*) as rows, coalesce(sum(hash((
    name
))::hugeint), 0)::text as content
from dim_condition;
