-- Names as the glossary has them: a feed, sitemap or section page is a channel. The view source_days, which reads the
-- column, is created from sql/views.
drop view if exists source_days;
alter table fact_source_day rename column looks to channel_reads;
