-- The first exchange loaded since a check last found no faults: checks of new rows start there. A check that found
-- faults reads the same rows again until they are fixed.
-- reads: batch, fact_check, fact_fetch
-- writes: first_unchecked_fetch()
create or replace macro first_unchecked_fetch(check_name) as (
    (select coalesce(max(fetch_id), 0) + 1 from fact_fetch)
    - (
        select coalesce(sum(fetches), 0)::bigint
        from batch
        where
            loaded_at > coalesce(
                (select max(checked_at) from fact_check where name = check_name and faults = 0), timestamptz '-infinity'
            )
    )
);
