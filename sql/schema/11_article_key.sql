-- Article keys name the site system, and the host where ids are unique within one site only; URLs are compared without
-- scheme and `www.`. Articles that were stored twice for a difference in these are merged, with all their readings.

-- grain: one article, and one day it counts on, that the next load or refresh computes again
create table stale_article (
    article_id bigint not null,
    source_id integer not null,
    posted_date date
);

-- grain: one article that earlier versions may have read from pages of several sites
create table mixed_article (
    article_id bigint not null,
    hosts text[] not null
);

create temp table keyed as
with named as (
    select
        article_id, source_id, native_id, article_key, posted_date, article_key = native_id as is_native,
        coalesce(split_part(template, '-', 1), 'generic') as system,
        regexp_replace(url, '^https?://(www\.)?', '') as bare,
        regexp_replace(article_key, '^https?://(www\.)?', '') as bare_key
    from fact_article
)

select
    article_id, source_id, posted_date, is_native and system not in ('heartland', 'blox') as is_site_id,
    case
        when is_native is not true then bare_key
        when system in ('heartland', 'blox') then system || ':' || native_id
        else system || ':' || regexp_extract(bare, '^[^/?#]*') || ':' || native_id
    end as article_key
from named;

insert into mixed_article
with host as (
    select
        keyed.article_id,
        regexp_extract(coalesce(fetched.final_url, fetched.url), '^https?://(?:(?:www|m|amp)\.)?([^/?#]*)', 1) as host
    from keyed
    join article_reading as reading on reading.article_id = keyed.article_id and reading.state_hash is not null
    join fact_fetch as fetched on fetched.fetch_id = reading.fetch_id
    where keyed.is_site_id
)

select article_id, list_sort(list(distinct host)) from host group by article_id having count(distinct host) > 1;

-- Of several articles with one key the one with the latest content stays.
create temp table merged as
with latest as (
    select article_id, max((coalesce(captured_at, timestamptz '-infinity'), state_hash)) as reading
    from article_reading
    where state_hash is not null
    group by article_id
),

ranked as (
    select
        keyed.article_id,
        first_value(keyed.article_id) over (
            partition by keyed.source_id, keyed.article_key
            order by latest.reading desc nulls last, keyed.article_id
        ) as into_id
    from keyed
    left join latest on latest.article_id = keyed.article_id
)

select article_id, into_id from ranked where article_id <> into_id;

insert into stale_article
select merged.into_id, keyed.source_id, keyed.posted_date
from merged
join keyed on keyed.article_id = merged.article_id or keyed.article_id = merged.into_id
union
select keyed.article_id, keyed.source_id, keyed.posted_date
from fact_story
join keyed on keyed.article_id = fact_story.article_id
where fact_story.method <> 'alone' and keyed.article_id not in (select article_id from merged);

delete from fact_article where article_id in (select article_id from merged);
delete from fact_article_tag where article_id in (select article_id from merged);
delete from fact_article_place where article_id in (select article_id from merged);
delete from fact_article_revision where article_id in (select article_id from merged);
delete from article_text where article_id in (select article_id from merged);
delete from fact_story where article_id in (select article_id from merged);

update article_reading set article_id = merged.into_id from merged where article_reading.article_id = merged.article_id;
update fact_appearance set article_id = merged.into_id from merged where fact_appearance.article_id = merged.article_id;

create temp table moved_state as
select merged.into_id, state.*
from article_state as state
join merged on merged.article_id = state.article_id
anti join article_state as kept on kept.article_id = merged.into_id and kept.state_hash = state.state_hash
qualify row_number() over (partition by merged.into_id, state.state_hash order by state.article_id) = 1;
delete from article_state where article_id in (select article_id from merged);
insert into article_state by name select * exclude (article_id, into_id), into_id as article_id from moved_state;

create temp table address as
select
    known.source_id, regexp_replace(known.url, '^https?://(www\.)?', '') as url,
    min(coalesce(merged.into_id, known.article_id)) as article_id
from article_url as known
left join merged on merged.article_id = known.article_id
group by all;
delete from article_url;
insert into article_url by name
select source_id, url, article_id, md5_number_lower(source_id || ' ' || url) as url_hash from address order by article_id;

update fact_article
set article_key = keyed.article_key, key_hash = md5_number_lower(keyed.source_id || ' ' || keyed.article_key)
from keyed
where fact_article.article_id = keyed.article_id;

-- Exchanges without content that waited for an article of the same URL in its other spelling.
create temp table found as
select waiting.fetch_id, waiting.source_id, waiting.captured_at, waiting.is_gone, address.article_id
from waiting_look as waiting
join address
    on
        address.source_id = waiting.source_id
        and address.url = regexp_replace(waiting.url, '^https?://(www\.)?', '');
insert into article_reading by name select article_id, captured_at, null as state_hash, fetch_id, is_gone from found;
insert into stale_article
select distinct found.article_id, keyed.source_id, keyed.posted_date
from found
join keyed on keyed.article_id = found.article_id;
delete from waiting_look where fetch_id in (select fetch_id from found);

drop table keyed;
drop table merged;
drop table moved_state;
drop table address;
drop table found;
