delete from agg_article_day
where
    posted_date >= (select min(posted_date) from touched_day)
    and (source_id, posted_date) in (select source_id, posted_date from touched_day);
