-- Finds exchanges that robots.txt disallowed, at any redirect, but that have a response nevertheless.
-- level: fail
-- reads: fact_fetch, first_unchecked_fetch()
select source_id, url, requested_at, robots_rule
from fact_fetch
where
    fetch_id >= first_unchecked_fetch('refused_but_fetched')
    and attempts > 0
    and outcome in ('new', 'changed', 'unchanged', 'gone')
    and regexp_matches(robots_rule, '(^|\| )Disallow:');
