-- Deletes all snapshots of the lake but the newest, and the Parquet files that only they need.
call ducklake_expire_snapshots('lake', older_than => now());
call ducklake_cleanup_old_files('lake', cleanup_all => true);
