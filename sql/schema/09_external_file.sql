-- Archive files made by other tools are known by their content: a file that has grown is a new batch, one that was moved
-- is the same. Files that earlier versions loaded were known by their path; their batch ids stay.

-- grain: one loaded archive file made by another tool
create table external_file (
    batch_id text primary key,          -- sha256:<hash of the file>, or the path by which an earlier version knew it
    path text not null,                 -- where it was last seen: relative to the data folder, or absolute
    bytes bigint,                       -- null for a file that an earlier version loaded
    sha256 text                         -- null for a file that an earlier version loaded
);

insert into external_file
select batch_id, batch_id as path, null as bytes, null as sha256
from batch
where not starts_with(batch_id, 'raw/');
