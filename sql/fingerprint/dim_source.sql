select count(*) as rows, coalesce(sum(hash((
    name, kind, title, home, zone, call_sign, owner, place_key, enabled
))::hugeint), 0)::text as content
from dim_source;
