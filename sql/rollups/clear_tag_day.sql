delete from agg_tag_day
where
    posted_date >= (select coalesce(min(posted_date), 'infinity') from touched_day)
    and (source_id, posted_date) in (select source_id, posted_date from touched_day);
