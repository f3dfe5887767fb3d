-- Where each word stands in headlines, summaries and stored bodies, for search and for attention to phrases. Every month
-- that is known is marked, so that the next refresh fills it.

-- grain: one word
create table dim_word (
    word_id integer not null,
    word text not null                  -- as words_of() gives it: lower case, accents folded
);

-- grain: one word in one month of articles (posted, else first seen)
create table agg_word_month (
    month_date date not null,           -- first day of the month; -infinity for articles without a known day
    word_id integer not null,
    headline_positions bigint[],        -- article_id << 14 | position, ascending: 1 to 511 in the headline, 513 to 1023 in
                                        -- the summary
    body_positions bigint[]             -- the same from 1025 to 16383, of stored bodies
);

-- grain: one month whose words are to be stated anew
create table stale_word_month (
    month_date date not null
);
insert into stale_word_month
select distinct coalesce(date_trunc('month', coalesce(posted_date, first_seen_date))::date, date '-infinity')
from fact_article;
