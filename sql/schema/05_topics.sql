-- Rollups over all sources, restated month by month where something changed, once a refresh. What is observed was posted
-- on a day on which its source was looked at. Every month that is known is marked, so that the next refresh fills them.

-- grain: one local day over all sources
create table agg_day (
    date date not null,
    sources integer not null,           -- sources with a row in fact_source_day, looked at or not
    observed_sources integer not null,  -- of them, those looked at
    articles integer not null,          -- posted on it
    observed_articles integer not null
);

-- grain: one tag on one posted day over all sources; renamed tags stand under the name they mean on that day
create table agg_topic_day (
    posted_date date not null,
    tag_id integer not null,
    articles integer not null,
    leaf_articles integer not null,     -- of them, those where the tag stands above no other tag of the article
    stories integer not null,           -- once per story, at the first article anywhere that bears the tag
    observed_articles integer not null,
    observed_leaf_articles integer not null,
    observed_stories integer not null
);

-- grain: one tag in one month of posting over all sources; sums of its days
create table agg_topic_month (
    month_date date not null,           -- first day of the month
    tag_id integer not null,
    articles integer not null,
    leaf_articles integer not null,
    stories integer not null,
    observed_articles integer not null,
    observed_leaf_articles integer not null,
    observed_stories integer not null
);

-- grain: one pair of tags in one month of posting over all sources, from either side: each pair stands twice, so that all
-- that goes with one tag lies together; renamed tags under the name they mean; an article's parent tags and pairs of a
-- tag and its ancestor are left out
drop table agg_tag_pair_month;
create table agg_tag_pair_month (
    month_date date not null,           -- first day of the month
    tag_id integer not null,
    other_tag_id integer not null,
    articles integer not null
);

-- grain: one month whose rollups over all sources are to be stated anew
drop table stale_month;
create table stale_month (
    month_date date not null
);
insert into stale_month
select date_trunc('month', posted_date)::date from agg_article_day
union
select date_trunc('month', date)::date from fact_source_day;

-- grain: one town that a source wrote about in one month of posting
create table agg_place_month (
    source_id integer not null,
    place_id integer not null,
    month_date date not null,           -- first day of the month
    last_date date not null             -- last day of it on which an article named the town
);
