-- Finds sources whose median article length of the last three observed days is under two fifths of that of the 28 days
-- before.
-- level: warn
-- reads: fact_article, fact_source_day
with last_day as (
    select source_id, max(date) as date from fact_source_day where observed group by source_id
),

lengths as (
    select
        fact_article.source_id,
        median(fact_article.word_count) filter (where fact_article.posted_date > last_day.date - 3) as words,
        median(fact_article.word_count) filter (where fact_article.posted_date <= last_day.date - 3) as usual_words,
        count(*) filter (where fact_article.posted_date > last_day.date - 3) as articles,
        count(*) filter (where fact_article.posted_date <= last_day.date - 3) as usual_articles
    from fact_article
    join last_day on last_day.source_id = fact_article.source_id
    where
        fact_article.posted_date between last_day.date - 30 and last_day.date
        and fact_article.posted_date >= (select min(date) - 30 from last_day)
    group by fact_article.source_id
)

select source_id, words, usual_words, articles
from lengths
where articles >= 10 and usual_articles >= 50 and words < 0.4 * usual_words;
