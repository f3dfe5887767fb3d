delete from fact_source_day
where (source_id, date) in (select source_id, local_date from new_fetch where local_date is not null);
