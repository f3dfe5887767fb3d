delete from agg_tag_day where (source_id, posted_date) in (select source_id, posted_date from touched_day);
