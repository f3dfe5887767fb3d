-- The months of one table whose rows differ from what the lake has of this writer.
-- reads: lake_month, lake_rows, variable lake_writer
-- writes: changed_month
create or replace temp table changed_month as
with found as (
    select lake_month as month, count(*) || ' ' || sum(hash(lake_rows)::hugeint) as hash
    from lake_rows
    group by lake_month
),

committed as (
    select month, hash from lake.lake_month where table_name = $name and writer = getvariable('lake_writer')
)

select coalesce(found.month, committed.month) as month, found.hash
from found
full join committed on committed.month = found.month
where found.hash is distinct from committed.hash;
