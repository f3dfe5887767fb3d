-- How many articles have tags, and the days on which a source stopped tagging: for topics they are missing, not zero.
-- Every month that is known is marked, so that the next refresh fills both.

-- grain: one source on one posted day
create table agg_tag_coverage (
    source_id integer not null,
    date date not null,
    articles integer not null,
    tagged_articles integer not null
);

-- grain: one source on one posted day on which its tags had collapsed
create table agg_untagged_day (
    source_id integer not null,
    date date not null
);

-- Of observed_sources and articles, those whose tags had not collapsed; and the articles with tags.
alter table agg_day add column tagging_sources integer;
alter table agg_day add column tagging_articles integer;
alter table agg_day add column tagged_articles integer;

insert into stale_month
select date_trunc('month', date)::date from agg_day
except
select month_date from stale_month;
