-- The rows of tag_parent, which has no month.
-- reads: tag_parent
select 'all' as lake_month, own.* from tag_parent as own
