-- One row of what several writers have: the first writer's.
-- reads: dim_word
-- writes: dim_word
create view dim_word as
select distinct on (word_id) own.* exclude (lake_writer, lake_month)
from lake.dim_word as own
order by word_id, lake_writer;
