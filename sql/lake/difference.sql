-- The months of one table whose rows differ from what the lake has of this writer, among those compared.
-- reads: compared_month, lake_month, lake_rows, variable lake_writer
-- writes: lake_difference
create or replace temp table lake_difference as
with found as (
    select lake_month as month, count(*) || ' ' || sum(hash(lake_rows)::hugeint) as hash
    from lake_rows
    group by lake_month
),

committed as (
    select month, hash
    from lake.lake_month
    where
        table_name = $name and writer = getvariable('lake_writer')
        and (
            $compares_all or month = 'none'
            or month in (select coalesce(strftime(month_date, '%Y-%m'), 'none') from compared_month)
        )
)

select coalesce(found.month, committed.month) as month, found.hash
from found
full join committed on committed.month = found.month
where found.hash is distinct from committed.hash;
