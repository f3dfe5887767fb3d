-- Returns the articles that arrived last, with the record each was read from.
-- grain: one article first seen in the last day before the newest sight of any, newest first; at most $most
-- reads: articles
select
    articles.source, articles.title, articles.url, articles.first_seen_at, articles.origin_kind, articles.warc_file,
    articles.warc_offset, count(*) over () as arrived
from articles
where
    articles.first_seen_at > (select max(newest.first_seen_at) - interval 1 day from articles as newest)
    and articles.title is not null
order by articles.first_seen_at desc, articles.article_id
limit $most::integer
