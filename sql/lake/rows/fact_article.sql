-- The rows of fact_article by month of posting, else of first sight.
-- reads: fact_article
select coalesce(strftime(coalesce(own.posted_date, own.first_seen_date), '%Y-%m'), 'none') as lake_month, own.*
from fact_article as own
