-- what fetching remembers of one source; every row is a fold over ledger entries, so a lost file can be rebuilt.
-- instants are whole microseconds since 1970 utc.

-- grain: one archive file already folded in
create table if not exists applied (
    file text primary key
) without rowid;

-- grain: one url that was found or asked for
create table if not exists page (
    url text primary key,
    purpose text not null,
    first_seen integer not null,
    priority integer not null,          -- 0 feed, 1 section, 2 sitemap: what is asked for first
    next_due integer,                   -- null: never again
    visits integer not null default 0,  -- good answers
    fails integer not null default 0,   -- bad answers in a row
    outcome text,
    etag text,
    last_modified text,
    body_sha256 text,
    captured_at integer,                -- when the body now known was captured
    fetched_at integer,                 -- first good answer
    interval_s real,                    -- channels only: how often to look
    unproven integer not null default 0 -- 304s in a row since a whole body was seen
) without rowid;

create index if not exists page_due on page (purpose, next_due) where next_due is not null;

-- grain: one scope (a channel's url, or a host's articles) whose validators were compared with bodies
create table if not exists trust (
    scope text primary key,
    good integer not null,  -- body and validator changed together
    bad integer not null    -- body changed, validator did not
) without rowid;

-- grain: one origin
create table if not exists robots (
    origin text primary key,
    checked_at integer not null,
    status integer,         -- null: unreachable
    good_at integer,        -- when `text` was last known to hold
    body blob               -- last good copy; empty where a 4xx said there is none
) without rowid;

-- grain: one host and port
create table if not exists host (
    host text primary key,
    last_at integer not null,
    failures integer not null,
    open_until integer,
    retry_until integer
) without rowid;

-- grain: one fact worth keeping as bytes (nws points by url), or a counter
create table if not exists note (
    key text primary key,
    body blob not null,
    at integer not null
) without rowid;
