-- Returns the files and responses of weather history with these addresses, and what could not be read in each.
-- grain: one file or response x problem; one row without a problem where it has none
-- reads: fact_fetch, weather_file, weather_file_problem
select
    fetched.url, any_value(file.format) as format, sum(file.rows)::bigint as rows, sum(file.kept)::bigint as kept,
    problem.problem, sum(problem.rows)::bigint as problem_rows, min(problem.line) as line,
    any_value(problem.sample) as sample
from weather_file as file
join fact_fetch as fetched on fetched.fetch_id = file.fetch_id
left join weather_file_problem as problem on problem.fetch_id = file.fetch_id
where list_contains($urls::text[], fetched.url)
group by fetched.url, problem.problem
order by fetched.url, problem_rows desc
