-- What this writer's ids are in the lake, and the macros that say so; null stays null. Ids of articles (also within
-- positions of words), exchanges and stories of each writer start at the variable lake_first_id: up to 512 writers fit.
-- reads: lake_key, own_key, variable lake_writer
-- writes: lake_condition(), lake_id, lake_organisation(), lake_place(), lake_positions(), lake_row(), lake_source(),
--     lake_tag(), lake_word(), variable lake_first_id
set variable lake_first_id = getvariable('lake_writer')::bigint << 40;

create or replace temp table lake_id as
select own.kind, own.own_id, known.id
from own_key as own
join lake.lake_key as known on known.kind = own.kind and known.natural_key = own.natural_key;

create or replace temp macro lake_source(own) as (select id from lake_id where kind = 'source' and own_id = own);
create or replace temp macro lake_tag(own) as (select id from lake_id where kind = 'tag' and own_id = own);
create or replace temp macro lake_place(own) as (select id from lake_id where kind = 'place' and own_id = own);
create or replace temp macro lake_organisation(own) as (
    select id from lake_id where kind = 'organisation' and own_id = own
);
create or replace temp macro lake_condition(own) as (select id from lake_id where kind = 'condition' and own_id = own);
create or replace temp macro lake_word(own) as (select id from lake_id where kind = 'word' and own_id = own);
create or replace temp macro lake_row(own) as own + getvariable('lake_first_id');
create or replace temp macro lake_positions(own) as if(
    getvariable('lake_writer') = 0, own,
    list_transform(own, lambda position: position + (getvariable('lake_first_id') << 14))
);
