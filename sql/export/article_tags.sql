-- grain: one article x one tag as meant on its day, by month of posting
select
    strftime(posted_date, '%Y-%m') as month, source, article_id, posted_date, tag, facet, is_parent
from article_tags
order by month, source, article_id, tag
