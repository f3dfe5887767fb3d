-- Finds new panels with fewer rows than most panels of their source, or with a row without a place.
-- level: warn
-- reads: first_unchecked_fetch(), panel_reading
with fresh as (
    select fetch_id, source_id, count(*) as rows, count(*) filter (where place is null) as nameless
    from panel_reading
    where fetch_id >= first_unchecked_fetch('panel_rows_missing')
    group by fetch_id, source_id
),

usual as (
    select source_id, mode(rows) as rows
    from (
        select source_id, fetch_id, count(*) as rows
        from panel_reading
        where captured_at > (select max(captured_at) - interval 28 day from panel_reading)
        group by source_id, fetch_id
    )
    group by source_id
)

select fresh.source_id, fresh.fetch_id, fresh.rows, usual.rows as usual_rows, fresh.nameless
from fresh
left join usual on usual.source_id = fresh.source_id
where fresh.rows < usual.rows or fresh.nameless > 0;
