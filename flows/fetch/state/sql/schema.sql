-- the fetch state of one source. every row results from applying archived exchanges, so a lost file can be rebuilt.
-- times are whole microseconds since 1970 utc.

-- grain: one sealed archive file whose exchanges have been applied
create table if not exists applied (
    file text primary key
) without rowid;

-- grain: one url that was found or requested
create table if not exists page (
    url text primary key,
    purpose text not null,
    first_seen integer not null,
    priority integer not null,          -- 0 feed, 1 section, 2 sitemap: lower is fetched first
    next_due integer,                   -- null: never again
    visits integer not null default 0,  -- good responses
    fails integer not null default 0,   -- consecutive bad responses
    outcome text,
    etag text,
    last_modified text,
    body_sha256 text,
    captured_at integer,                -- when the current body was captured
    fetched_at integer,                 -- first good response
    interval_s real,                    -- channels only: time between requests, seconds
    unproven integer not null default 0 -- consecutive 304s since the last full body
) without rowid;

create index if not exists page_due on page (purpose, next_due) where next_due is not null;

-- grain: one scope (the url of a channel, or the articles of a host) whose validators were compared with bodies
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
    good_at integer,        -- when `body` was last known to be valid
    body blob               -- last good copy; empty after a 4xx (no robots.txt)
) without rowid;

-- grain: one host and port. open_until: breaker open; retry_until: retry-after
create table if not exists host (
    host text primary key,
    last_at integer not null,
    failures integer not null,
    open_until integer,
    retry_until integer
) without rowid;

-- grain: one stored response (nws points and stations by url), or the time of the latest exchange
create table if not exists note (
    key text primary key,
    body blob not null,
    at integer not null
) without rowid;
