-- News facts. The large tables carry no key constraints: their one writer looks before it inserts, the checks count
-- duplicates before anything is published, and a load stays equally fast at ten million rows.

-- grain: one HTTP exchange, or one decision not to make it
create table fact_fetch (
    fetch_id bigint not null,
    source_id integer not null,
    url text not null,
    requested_at timestamptz,           -- null only for foreign records without a date
    purpose text not null,
    outcome text not null,              -- new | changed | unchanged | gone | refused | unsafe | failed | skipped
    status integer,
    reason text,
    robots_rule text,                   -- the line of robots.txt that allowed or refused it
    robots_tags text[],                 -- what the page asks of robots (X-Robots-Tag, meta robots)
    waited_ms integer not null,
    elapsed_ms integer not null,
    attempts integer not null,          -- 0: decided not to ask
    bytes bigint not null,              -- body as received
    media_type text,
    final_url text,
    body_sha256 text,
    warc_file text,                     -- under the data folder
    warc_offset bigint,
    batch_id text not null
);

-- grain: one source on one local day
create table fact_source_day (
    source_id integer not null,
    date date not null,                 -- local to the source
    looks integer not null,             -- good answers from feeds, sitemaps and sections
    good_runs integer not null,         -- the most often any one of them was read
    new_articles integer not null,      -- pages that brought an article not had before
    changed_articles integer not null,
    refused integer not null,
    failed integer not null,
    observed boolean not null,          -- at least one look: without one, no articles means nothing
    primary key (source_id, date)
);

-- grain: one article at one source, its current state
create table fact_article (
    article_id bigint not null,
    source_id integer not null,
    article_key text not null,          -- the system's native id, else the canonical URL
    native_id text,
    url text not null,
    title text,
    summary text,
    authors text[] not null,
    section text,
    lang text,
    template text,
    fingerprint text,
    posted_at timestamptz,              -- null where the zone is unknown
    posted_local timestamp,             -- wall clock at the source
    posted_date date,                   -- local day that trends count by
    posted_raw text,
    posted_zone_basis text,             -- explicit | source_zone | unknown
    posted_precision text,              -- instant | minute | day
    posted_ambiguous boolean,           -- in the hour that autumn repeats
    updated_at timestamptz,             -- null: never updated, as the publisher says
    updated_local timestamp,
    updated_raw text,
    updated_zone_basis text,
    updated_precision text,
    first_seen_at timestamptz,
    last_seen_at timestamptz,
    first_seen_date date,               -- local to the source
    gone_at timestamptz,                -- first 404 or 410 after the last time it was seen
    revisions integer not null,
    origin_kind text,
    origin_service text,
    origin_rule text,
    origin_evidence text,
    word_count integer,
    content_hash text,
    simhash bigint,
    fetch_id bigint,                    -- the exchange the current state was read from
    key_hash ubigint                    -- of source and article_key: what a load looks articles up by
);

-- grain: one look at an article; the base that revisions and clocks are computed from
create table article_reading (
    article_id bigint not null,
    captured_at timestamptz,
    state_hash text,                    -- null: found unchanged, or gone
    fetch_id bigint not null,
    is_gone boolean not null            -- answered 404 or 410
);

-- grain: one look without content at a URL of no known article: it waits until a page says whose it is
create table waiting_look (
    fetch_id bigint not null,
    source_id integer not null,
    url text not null,
    captured_at timestamptz,
    is_gone boolean not null
);

-- grain: one article; what its story is told by, narrow and in order of load, so that copies are found by day
create table article_text (
    article_id bigint not null,
    date date,                          -- posted, else first seen; local to the source
    text_hash ubigint,                  -- null where the text is too short to be evidence of copying
    simhash bigint                      -- likewise
);

-- grain: one URL at which an article of a source was met
create table article_url (
    source_id integer not null,
    url text not null,
    article_id bigint not null,
    url_hash ubigint not null           -- of source and url: what a load looks URLs up by
);

-- grain: one distinct content state of an article
create table article_state (
    article_id bigint not null,
    state_hash text not null,           -- headline, summary, body, tags and Updated together
    title text,
    summary text,
    body text,                          -- private by default: never exported unless the source's config says so
    authors text[] not null,
    tags text[] not null,
    updated_local timestamp,
    content_hash text,
    word_count integer
);

-- grain: one observed content state of an article, as a stretch of time
create table fact_article_revision (
    article_id bigint not null,
    revision integer not null,          -- from 1
    from_at timestamptz,                -- first time it was seen so
    until_at timestamptz,               -- last time it was seen so
    state_hash text not null,
    kind text not null,                 -- first | headline | body | tags | silent | updated | several
    headline_changed boolean not null,
    body_changed boolean not null,
    tags_changed boolean not null,
    silent boolean not null,            -- the body changed and Updated did not
    fetch_id bigint not null
);

-- grain: one article x one tag x how it was found, in its current state
create table fact_article_tag (
    article_id bigint not null,
    tag_id integer not null,
    method text not null,
    position integer not null,
    raw_label text not null,
    is_parent boolean not null          -- another tag of the article lies below it
);

-- grain: one article x one place named x how
create table fact_article_place (
    article_id bigint not null,
    name text not null,
    method text not null,
    place_id integer                    -- null where no configured place has that spelling
);

-- grain: one article's membership in a cluster of copies of one story
create table fact_story (
    article_id bigint not null,
    story_id bigint not null,           -- the smallest article_id of the cluster
    method text not null                -- exact (same content hash) | near (simhash) | alone
);

-- grain: one look at one channel that showed a URL; the base of appearances
create table channel_sighting (
    fetch_id bigint not null,
    source_id integer not null,
    url text not null,
    channel text not null,
    slot text not null,
    rank integer not null,
    seen_at timestamptz
);

-- grain: one URL on one channel and slot, as a spell
create table fact_appearance (
    source_id integer not null,
    url text not null,
    article_id bigint,                  -- null while no article of that URL is known
    channel text not null,
    slot text not null,
    from_at timestamptz,
    until_at timestamptz,
    sightings integer not null,
    best_rank integer not null
);

-- grain: one check of one run
create table fact_check (
    checked_at timestamptz not null,
    name text not null,
    level text not null,                -- fail | warn
    faults bigint not null,
    example text
);
