-- A source whose config has store_body = false keeps no body text: what stays is its hash, its length and its words.
alter table dim_source add column store_body boolean;
alter table dim_source add column body_dropped_at timestamptz;
update dim_source set store_body = true;
alter table article_state add column body_hash ubigint;
update article_state set body_hash = md5_number_lower(body) where body is not null;

-- grain: the one snapshot that was published last
create table publication (
    snapshot integer not null,
    content_hash text not null,         -- of what would make the next snapshot differ from it
    published_at timestamptz not null
);
