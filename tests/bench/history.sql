-- Eight years of fifty sources in the state that refreshes would leave: `articles` articles (a session variable) in
-- order of time, nine tags each out of 20,000 (18,000 of them in 300 topics), and half as many weather rows.
create or replace macro share(number, salt) as (hash(number, salt) % 1000003) / 1000003.0;
create or replace macro moment(number) as
    timestamptz '2018-01-01 06:00:00+00' + to_microseconds((number * (252455616000000 // getvariable('articles')))::bigint);
create or replace macro sketch_of(number) as list_transform(range(8), lambda part: md5_number_lower(number || '-' || part));
create or replace macro tags_of(number) as list_distinct(list_transform(range(10), lambda each: case
    when each < 7
    then 1 + 60 * floor(300 * pow(share(number, 'topic'), 2))::integer + floor(60 * pow(share(number, each), 2))::integer
    else 18001 + floor(2000 * pow(share(number, each), 3))::integer
end));

insert into dim_place
select n + 1, 'town' || n, 'Town ' || n, 'MO', null, 'America/Chicago', 40 + n / 100.0, -94, 'K' || n from range(250) as t(n);
insert into place_alias select 'town ' || n, n + 1 from range(250) as t(n);
insert into dim_source (source_id, name, kind, title, home, zone, call_sign, place_key, enabled)
select
    n + 1, 'bench_' || n, 'station', 'Bench ' || n, 'https://bench' || n || '.example', 'America/Chicago', 'KB' || n,
    'town' || n * 5, true
from range(50) as t(n);
insert into dim_tag (tag_id, folded, label) select n, 'tag ' || n, 'Tag ' || n from range(1, 20001) as t(n);
insert into tag_parent select 'tag ' || n, 'tag ' || (n - n % 60 + 1) from range(2, 18001) as t(n) where n % 20 = 0;
insert into batch select 'history', now(), 'bench', getvariable('articles');

create or replace temp view made as
select
    number + 1 as article_id, (number % 50 + 1)::integer as source_id, number::text as article_key,
    'https://bench' || number % 50 || '.example/news/' || number as url, moment(number) as posted_at,
    timezone('America/Chicago', moment(number)) as posted_local, number
from range(getvariable('articles')) as numbers(number);

insert into fact_fetch (
    fetch_id, source_id, url, requested_at, purpose, outcome, status, waited_ms, elapsed_ms, attempts, bytes, media_type,
    body_sha256, warc_file, warc_offset, batch_id
)
select
    article_id, source_id, url, posted_at + interval 10 minutes, 'article', 'new', 200, 0, 80, 1, 40000, 'text/html',
    md5(article_key), 'raw/bench/file.warc.gz', number * 9000, 'history'
from made;
insert into fact_article (
    article_id, source_id, article_key, key_hash, native_id, url, title, summary, authors, section, lang, template,
    fingerprint, posted_at, posted_local, posted_date, posted_zone_basis, posted_precision, posted_ambiguous,
    first_seen_at, last_seen_at, first_seen_date, revisions, origin_kind, word_count, content_hash, simhash, fetch_id
)
select
    article_id, source_id, article_key, md5_number_lower(source_id || ' ' || article_key), article_key, url,
    'Council votes on item ' || number, 'A summary', ['A. Writer'], ['news', 'sports', 'weather'][number % 3 + 1], 'en',
    'blox-2021', 'f', posted_at, posted_local, posted_local::date, 'source_zone', 'minute', false,
    posted_at + interval 10 minutes, posted_at + interval 10 minutes,
    timezone('America/Chicago', posted_at + interval 10 minutes)::date, 1,
    ['own', 'wire', 'sister', 'network'][number % 4 + 1], 320, md5(number || ' ')[:16],
    (md5_number_lower(article_key) & 9223372036854775807::ubigint)::bigint, article_id
from made;
insert into article_reading select article_id, posted_at + interval 10 minutes, md5(article_key)[:12], article_id, false from made;
insert into article_url select source_id, url, article_id, md5_number_lower(source_id || ' ' || url) from made;
insert into article_state
select
    article_id, md5(article_key)[:12], 'Council votes on item ' || number, 'A summary', 'A body of item ' || number,
    ['A. Writer'], ['tag'], null, md5(number || ' ')[:16], 320, md5_number_lower('A body of item ' || number)
from made;
insert into article_text
select
    article_id, posted_local::date, md5_number_lower(md5(number || ' ')[:16]),
    (md5_number_lower(article_key) & 9223372036854775807::ubigint)::bigint, sketch_of(number)
from made;
insert into fact_article_revision
select
    article_id, 1, posted_at + interval 10 minutes, posted_at + interval 10 minutes, md5(article_key)[:12], 'first', false,
    false, false, false, article_id
from made;
insert into fact_story
select
    article_id, case when number % 10 = 1 then article_id - 1 else article_id end,
    case when number % 10 < 2 then 'exact' else 'alone' end
from made;
insert into fact_article_place select article_id, 'Town ' || (number % 250), 'dateline', number % 250 + 1 from made;
insert into fact_article_tag
select
    article_id, tag_id, 'tag_box', position::integer, 'Tag ' || tag_id, false
from (
    select article_id, unnest(tags) as tag_id, generate_subscripts(tags, 1) as position
    from (select article_id, tags_of(number) as tags from made)
) as tag;
insert into channel_sighting
select article_id, source_id, url, 'feed', 'https://bench' || number % 50 || '.example/feed', 1, posted_at + interval 9 minutes
from made;
insert into fact_appearance
select
    source_id, url, article_id, 'feed', 'https://bench' || number % 50 || '.example/feed', posted_at + interval 9 minutes,
    posted_at + interval 9 minutes, 1, 1
from made;

create or replace temp view panels as
select
    article_id, source_id, posted_at + interval 10 minutes as seen_at, town, 'Town ' || ((source_id - 1) * 5 + town) as place,
    (source_id - 1) * 5 + town + 1 as place_id,
    (50 - 35 * cos(2 * pi() * dayofyear(posted_at) / 365) + 20 * (share(dayofyear(posted_at) || year(posted_at), 'cold') - 0.5)
        + number % 7)::integer as temp_f
from made
cross join range(5) as towns(town)
where number // 50 % 10 = 0;
insert into panel_reading
select article_id, source_id, town + 1, place, 'Overcast', temp_f, temp_f + 5, temp_f - 8, temp_f - 3, seen_at from panels;
insert into fact_weather_observation (
    place_id, place, provider, method, observed_at, until_at, condition, temp_f, feels_like_f, page_count
)
select place_id, place, 'bench_' || (source_id - 1), 'panel', seen_at, seen_at, 'Overcast', temp_f, temp_f - 3, 1 from panels;
insert into fact_weather_forecast (place_id, place, provider, method, issued_at, valid_date, period, hi_f, lo_f)
select
    any_value(place_id), place, 'bench_' || (source_id - 1), 'panel', min(seen_at), timezone('America/Chicago', seen_at)::date,
    'rest of day', max(temp_f) + 5, min(temp_f) - 8
from panels
group by place, source_id, timezone('America/Chicago', seen_at)::date;
insert into page_exchange select distinct article_id, source_id, seen_at, md5('text ' || source_id || seen_at::date) from panels;
insert into forecast_wording
select distinct md5('text ' || source_id || seen_at::date), 'text ' || source_id || seen_at::date from panels where town = 0;
insert into fact_forecast_text
select source_id, md5('text ' || source_id || seen_at::date), 'text ' || source_id || seen_at::date, min(seen_at), max(seen_at), count(*)
from panels
where town = 0
group by source_id, seen_at::date;

insert into fact_source_day
select source_id, posted_local::date, 48, 48, count(*), 0, 0, 0, true from made group by all order by 2, 1;
create or replace temp table touched_day as select source_id, date as posted_date from fact_source_day;
insert into agg_weather_day (
    place_id, date, provider, method, observations, max_temp_f, min_temp_f, max_feels_like_f, min_feels_like_f,
    max_gust_mph, precip_in, conditions
)
select
    any_value(place_id), timezone('America/Chicago', seen_at)::date, 'bench_' || (source_id - 1), 'panel', count(*), max(temp_f),
    min(temp_f), max(temp_f) - 3, min(temp_f) - 3, null, null, ['Overcast']
from panels
group by place, source_id, timezone('America/Chicago', seen_at)::date
order by 2;
insert into agg_template_day
select source_id, 'blox-2021', 'f', date, new_articles, new_articles, new_articles, new_articles, new_articles, new_articles, 0
from fact_source_day
order by date;
insert into agg_article_day
select
    source_id, posted_date, origin_kind, count(*), count(*) filter (story.story_id = article.article_id)
from fact_article as article
join fact_story as story using (article_id)
group by all
order by posted_date, source_id;
