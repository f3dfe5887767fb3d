-- The rows of tag_alias, which has no month.
-- reads: tag_alias
select 'all' as lake_month, own.* from tag_alias as own
