-- Reads the seeds and everything within three days of one, and finds the seeds' copies by sketch (Broder 1997). Only
-- sketches with a band in common are compared (Leskovec, Rajaraman, Ullman 2020, 3.4).
-- needs: article exchanges, stale_article
-- reads: article_text, sketch_bands(), sketch_shows_copy(), story_kin, story_seed
-- writes: story_kin, story_near
create or replace temp table story_near as
with seed as materialized (
    select article_id, date
    from article_text
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from story_seed)
        and article_id in (select article_id from story_seed)
),

-- Only the days near a seed are read.
near_day as materialized (
    select distinct seed.date + offsets.away::integer as date
    from seed
    cross join range(-3, 4) as offsets (away)
)

select article_id, date, text_hash, simhash, sketch, article_id in (select article_id from seed) as is_seed
from article_text
where
    date >= (select coalesce(min(date), 'infinity') from near_day) and date <= (select max(date) from near_day)
    and date in (select date from near_day)
    and (text_hash is not null or simhash is not null);

insert into story_kin
with shape as materialized (
    select sketch, date, min(article_id) as article_id, count(*) as articles, bool_or(is_seed) as is_seed
    from story_near
    where sketch is not null
    group by sketch, date
),

-- Bands are compared within spans of eight days. A seed is in the spans of the third day before and after it, so that
-- everything within three days is in one of its spans.
band as materialized (
    select article_id, date, is_seed, (date - date '1970-01-01') // 8 as span, unnest(sketch_bands(sketch)) as band
    from shape
),

seed_band as (
    select article_id, date, band, (date - 3 - date '1970-01-01') // 8 as span from band where is_seed
    union all
    select article_id, date, band, (date + 3 - date '1970-01-01') // 8
    from band
    where is_seed and (date + 3 - date '1970-01-01') // 8 <> (date - 3 - date '1970-01-01') // 8
),

candidate as (
    select distinct seed_band.article_id as seed, band.article_id as other
    from seed_band
    join band on band.band = seed_band.band and band.span = seed_band.span and band.article_id <> seed_band.article_id
    where abs(band.date - seed_band.date) <= 3
),

found as materialized (
    select candidate.seed, candidate.other
    from candidate
    join shape as one on one.article_id = candidate.seed
    join shape as other on other.article_id = candidate.other
    where sketch_shows_copy(one.sketch, other.sketch)
),

kin as (
    select seed as article_id from found
    union
    select other from found
    union
    select article_id from shape where is_seed and articles > 1
)

select near.article_id
from kin
join shape using (article_id)
join story_near as near on near.sketch = shape.sketch and near.date = shape.date
except
select article_id from story_kin;
