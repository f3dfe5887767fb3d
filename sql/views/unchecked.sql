-- Where checks that look at new rows only begin: the first exchange loaded since that check last found nothing. A check
-- that found faults looks at the same rows again, until they are mended.
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
