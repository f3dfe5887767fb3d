-- One row of what several writers have read from one service: the first writer's.
-- reads: alert_reference
-- writes: alert_reference
create view alert_reference as
select distinct on (alert_id, refers_to_id) own.* exclude (lake_writer, lake_month)
from lake.alert_reference as own
order by alert_id, refers_to_id, lake_writer;
