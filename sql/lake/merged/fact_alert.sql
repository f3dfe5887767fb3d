-- One row of what several writers have read from one service: the first writer's.
-- reads: fact_alert
-- writes: fact_alert
create view fact_alert as
select distinct on (alert_id, zone) own.* exclude (lake_writer, lake_month)
from lake.fact_alert as own
order by alert_id, zone, lake_writer;
