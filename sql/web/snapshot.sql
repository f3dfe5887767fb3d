-- Returns the number of the published snapshot and when it was published (UTC).
-- grain: one row, none in a warehouse that was never published
-- reads: publication
select snapshot, published_at from publication
