-- The rows of tag_facet, which has no month.
-- reads: tag_facet
select 'all' as lake_month, own.* from tag_facet as own
