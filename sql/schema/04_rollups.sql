-- Rollups, recomputed for touched days only, and field fill for drift.

-- grain: one source on one posted day
create table agg_article_day (
    source_id integer not null,
    posted_date date not null,
    origin_kind text not null,
    articles integer not null,
    stories integer not null            -- once per story cluster, at the day of the story's first article
);

-- grain: one tag at one source on one posted day
create table agg_tag_day (
    source_id integer not null,
    tag_id integer not null,
    posted_date date not null,
    articles integer not null
);

-- grain: one source x template x local day of capture
create table agg_template_day (
    source_id integer not null,
    template text not null,
    date date not null,
    pages integer not null,
    fingerprints integer not null,
    has_title double not null,          -- shares from 0 to 1
    has_posted double not null,
    has_tags double not null,
    has_body double not null,
    has_summary double not null
);
