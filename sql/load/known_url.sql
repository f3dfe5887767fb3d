-- At which URLs the pages of this batch stand: asked for, redirected to, as the page names itself.
create or replace temp table page_url as
select source_id, asked_url as url, article_id from new_page
union all
select source_id, final_url, article_id from new_page where final_url <> asked_url
union all
select source_id, url, article_id from new_page where url <> asked_url and url is distinct from final_url;
-- Whose the URLs of this batch are, as far as earlier batches know: URLs that were asked for, redirected to, named by a
-- page or shown on a channel. The hash finds candidates by one narrow column; the URL itself decides.
create or replace temp table asked_url as
with asked as (
    select source_id, url from new_fetch where purpose = 'article' and outcome in ('unchanged', 'gone')
    union
    select source_id, url from page_url
    union
    select new_fetch.source_id, staged.url
    from stage_find as staged
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
)
select source_id, url, md5_number_lower(source_id || ' ' || url) as url_hash from asked;
create or replace temp table known_url as
with candidate as materialized (
    select article_id from article_url where url_hash in (select url_hash from asked_url)
),
near as materialized (
    select source_id, url, article_id
    from article_url
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from candidate)
        and article_id in (select article_id from candidate)
)
select source_id, url, near.article_id
from near
join asked_url using (source_id, url);
