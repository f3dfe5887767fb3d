-- Whose the URLs of this batch are, as far as earlier batches know: URLs that were asked for, redirected to, named by a
-- page or shown on a channel. The hash finds candidates by one narrow column; the URL itself decides.
create or replace temp table asked_url as
with asked as (
    select source_id, url from new_fetch where purpose = 'article' and outcome in ('unchanged', 'gone')
    union
    select new_page.source_id, met.url
    from new_page
    cross join unnest([new_page.asked_url, new_page.final_url, new_page.url]) as met(url)
    where met.url is not null
    union
    select new_fetch.source_id, staged.url
    from stage_find as staged
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
)
select source_id, url, md5_number_lower(source_id || ' ' || url) as url_hash from asked;
create or replace temp table known_url as
with candidate as materialized (
    select article_id from article_url where url_hash in (select url_hash from asked_url)
)
select known.source_id, known.url, known.article_id
from article_url as known
join asked_url as asked on asked.source_id = known.source_id and asked.url = known.url
where
    known.article_id >= (select min(article_id) from candidate)
    and known.article_id in (select article_id from candidate);
