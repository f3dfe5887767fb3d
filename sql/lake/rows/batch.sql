-- The rows of batch by month of loading.
-- reads: batch
select coalesce(strftime(own.loaded_at, '%Y-%m'), 'none') as lake_month, own.* from batch as own
