-- Counts and hashes the rows of agg_word_month, its positions by article.
-- reads: agg_word_month, dim_source, dim_word, fact_article
with placed as (
    select month_date, word_id, unnest(headline_positions) as position, 'headline_positions' as field
    from agg_word_month
    union all
    select month_date, word_id, unnest(body_positions), 'body_positions'
    from agg_word_month
)

select
    count(*) as rows,
    coalesce(sum(hash((
        placed.month_date, word.word, source.name, article.article_key, placed.position & 16383, placed.field
    ))::hugeint), 0)::text as hash
from placed
join dim_word as word on word.word_id = placed.word_id
join fact_article as article on article.article_id = placed.position >> 14
join dim_source as source on source.source_id = article.source_id;
