-- One row of what several writers have: the first writer's.
-- reads: topic_rule
-- writes: topic_rule
create view topic_rule as
select distinct on (folded, kind, text, since_date) own.* exclude (lake_writer, lake_month)
from lake.topic_rule as own
order by folded, kind, text, since_date, lake_writer;
