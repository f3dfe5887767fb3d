-- Rollups, recomputed for touched days only, and field fill for drift.

-- grain: one source on one posted day
create table agg_article_day (
    source_id integer not null,
    posted_date date not null,
    origin_kind text not null,
    articles integer not null,
    stories integer not null            -- once per story cluster, at the day of the story's first article
);

-- grain: one tag at one source on one posted day; renamed tags stand under the name they mean on that day
create table agg_tag_day (
    source_id integer not null,
    tag_id integer not null,
    posted_date date not null,
    articles integer not null,
    leaf_articles integer not null,     -- of them, those where the tag stands above no other tag of the article
    local_articles integer not null,    -- of the leaves, those the source wrote itself (origin own)
    stories integer not null,           -- once per story, at the first article anywhere that bears the tag
    source_stories integer not null     -- once per story, at the first article of this source that bears the tag
);

-- grain: one pair of tags at one source in one month of posting, renamed tags under the name they mean; an article's
-- parent tags and pairs of a tag and its ancestor are left out
create table agg_tag_pair_month (
    source_id integer not null,
    month_date date not null,           -- first day of the month
    tag_id integer not null,            -- the smaller key of the two
    other_tag_id integer not null,
    articles integer not null
);

-- grain: one source in one month whose pairs of tags are to be counted anew
create table stale_month (
    source_id integer not null,
    month_date date not null
);

-- grain: one known place x provider x local day, over the looks of that day
create table agg_weather_day (
    place_id integer not null,
    date date not null,                 -- local to the place
    provider text not null,             -- source name, or NWS station id
    method text not null,               -- panel | nws
    observations integer not null,      -- distinct instants looked at
    max_temp_f double,
    min_temp_f double,
    max_feels_like_f double,
    min_feels_like_f double,
    max_gust_mph double,
    precip_in double,                   -- sum of what was reported; null where nothing was
    conditions text[] not null          -- the distinct words met, sorted
);

-- grain: one source x template x fingerprint x local day of capture; counts of pages, for field fill rates and drift
create table agg_template_day (
    source_id integer not null,
    template text not null,             -- '' where none was recognised
    fingerprint text not null,
    date date not null,
    pages bigint not null,
    with_title bigint not null,
    with_posted bigint not null,
    with_authors bigint not null,
    with_tags bigint not null,
    with_body bigint not null,
    with_summary bigint not null
);
