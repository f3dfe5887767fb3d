-- Counts and hashes the rows of weather_file_problem.
-- reads: fact_fetch, weather_file_problem
select
    count(*) as rows,
    coalesce(sum(hash((
        fetched.url, fetched.requested_at, fact.problem, fact.rows, fact.line, fact.sample
    ))::hugeint), 0)::text as hash
from weather_file_problem as fact
join fact_fetch as fetched on fetched.fetch_id = fact.fetch_id;
