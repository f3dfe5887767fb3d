-- Dimensions. Keys are integers given once, in the one writer's transaction; natural keys are unique.
-- Times end in _at (timestamptz, UTC), dates in _date (local to the source); units stand in the name.

-- grain: one loaded archive file; its rows landed together with this one, or not at all
create table batch (
    batch_id text primary key,          -- path of the file under the data folder, or sha256 of a foreign file
    loaded_at timestamptz not null,
    parser_version text not null,
    fetches bigint not null             -- exchanges in the file
);

-- grain: one source
create table dim_source (
    source_id integer primary key,
    name text not null unique,          -- stem of its config file, or a bare host for backfilled pages of no configured source
    kind text not null,                 -- station | newspaper | site | nws | simulated | web (not configured)
    title text not null,
    home text,
    zone text,                          -- IANA name; null for sources of kind web
    call_sign text,
    owner text,
    place_key text,
    enabled boolean not null
);

-- grain: one source as config described it over a stretch of time; the row in force has no until_at
create table dim_source_version (
    source_id integer not null,
    version integer not null,           -- from 1
    from_at timestamptz not null,       -- when a refresh first read config so
    until_at timestamptz,
    kind text not null,
    title text not null,
    home text,
    zone text,
    call_sign text,
    owner text,
    system text,                        -- of the latest stretch of its history
    domain text,                        -- likewise, else the host of its home
    place_key text,
    enabled boolean not null,
    primary key (source_id, version)
);

-- grain: one stretch of a source's history
create table source_era (
    source_id integer not null,
    since_date date not null,
    owner text,
    system text,
    domain text,
    primary key (source_id, since_date)
);

-- grain: one tag, matched on its folded form (NFKC, casefolded, spaces collapsed)
create table dim_tag (
    tag_id integer primary key,
    folded text not null unique,
    label text not null,                -- display form: as the earliest page printed it
    facet text,                         -- from config/topics.toml
    label_at timestamptz                -- when it was printed so; null: config names it
);

-- grain: one folded label with the facet config gives it, met or not
create table tag_facet (
    folded text primary key,
    facet text not null
);

-- grain: one ancestor of a tag
create table tag_parent (
    tag_folded text not null,
    parent_folded text not null,
    primary key (tag_folded, parent_folded)
);

-- grain: one label that means another from a day on; applied by views, facts are never rewritten
create table tag_alias (
    alias_folded text not null,
    means_folded text not null,
    since_date date,                    -- null: always
    reason text not null,
    primary key (alias_folded, means_folded)
);

-- grain: one town
create table dim_place (
    place_id integer primary key,
    place_key text not null unique,     -- key in config/places.toml
    name text not null,
    state text not null,
    county text,
    zone text not null,
    lat double not null,
    lon double not null,
    station text                        -- the weather station that observes it
);

-- grain: one spelling of a place
create table place_alias (
    folded text not null,
    place_id integer not null,
    primary key (folded, place_id)
);

-- grain: one organisation met on a closings list
create table dim_organisation (
    organisation_id integer primary key,
    folded text not null unique,
    name text not null,                 -- as the earliest list printed it
    name_at timestamptz                 -- when it was printed so
);

-- grain: one sky condition as printed
create table dim_condition (
    condition_id integer primary key,
    name text not null unique
);

-- grain: one calendar day
create table dim_date (
    date date primary key,
    year integer not null,
    month integer not null,
    iso_week integer not null,
    weekday integer not null,           -- 1 Monday .. 7 Sunday
    month_start_date date not null,
    week_start_date date not null
);
insert into dim_date
select
    d::date, year(d), month(d), weekofyear(d), isodow(d), date_trunc('month', d)::date, date_trunc('week', d)::date
from generate_series(date '1990-01-01', date '2060-12-31', interval 1 day) as days(d);
