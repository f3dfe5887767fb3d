delete from fact_source_day
where (source_id, date) in (
    select source_id, timezone(coalesce(zone, 'UTC'), requested_at)::date from new_fetch where requested_at is not null
);
