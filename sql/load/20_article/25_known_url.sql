-- Collects the URLs of this load and looks up which article each belongs to, as far as earlier loads know. They are
-- compared without scheme and `www.`: the narrow hash column finds candidates; the bare URL itself decides.
-- needs: article exchanges, stage_find, stale_article
-- reads: article_url, bare_url(), new_fetch, new_page, stage_find
-- writes: batch_url, known_url, page_url

-- The URLs of each page: requested, redirected to, and declared by the page.
create or replace temp table page_url as
select source_id, requested_url as url, article_id from new_page
union all
select source_id, final_url, article_id from new_page where final_url <> requested_url
union all
select source_id, url, article_id from new_page where url <> requested_url and url is distinct from final_url;

-- All URLs to look up: those of pages, of articles found unchanged or gone, and those shown on a channel.
create or replace temp table batch_url as
with urls as (
    select source_id, url from new_fetch where purpose = 'article' and outcome in ('unchanged', 'gone')
    union
    select source_id, url from page_url
    union
    select new_fetch.source_id, staged.url
    from stage_find as staged
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
)

select
    source_id, url, bare_url(url) as bare_url, md5_number_lower(source_id || ' ' || bare_url(url)) as url_hash
from urls;

create or replace temp table known_url as
with candidate as materialized (
    select article_id from article_url where url_hash in (select url_hash from batch_url)
),

near as materialized (
    select source_id, url, article_id
    from article_url
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from candidate)
        and article_id in (select article_id from candidate)
)

select batch_url.source_id, batch_url.url, near.article_id
from near
join batch_url on batch_url.source_id = near.source_id and batch_url.bare_url = near.url;
