-- Lists the sources that keep no body text, and since when.
-- reads: dim_source
select name, body_dropped_at from dim_source where body_dropped_at is not null order by name;
