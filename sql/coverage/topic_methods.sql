-- How many articles of a range of days have topics by each way, at the source named `source`, or at all.
-- grain: one method
-- reads: article_topics
select method, count(distinct article_id) as articles
from article_topics
where posted_date between $since::date and $until::date and ($source::text is null or source = $source::text)
group by method
order by method
