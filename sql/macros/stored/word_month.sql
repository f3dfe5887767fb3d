-- The month whose words an article's are among: that of posting, else of first sight; -infinity if neither is known.
-- writes: word_month()
create or replace macro word_month(posted_date, first_seen_date) as
coalesce(date_trunc('month', coalesce(posted_date, first_seen_date))::date, date '-infinity');
