-- The sources whose bodies come to this writer's part of the lake or leave it.
-- reads: lake_body_source, variable lake_writer
(
    select name from temp.lake_body_source
    except
    select name from lake.lake_body_source where writer = getvariable('lake_writer')
)
union all
(
    select name from lake.lake_body_source where writer = getvariable('lake_writer')
    except
    select name from temp.lake_body_source
);
