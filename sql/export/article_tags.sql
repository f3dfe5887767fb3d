-- Tags of articles for export, renamed ones under the name they have on the article's day.
-- grain: one article x one tag, by month of posting
-- reads: article_tags
select
    strftime(posted_date, '%Y-%m') as month, source, article_id, posted_date, tag, facet, is_parent
from article_tags
order by month, source, article_id, tag
