-- Where words stand, by month (-infinity is none); in bodies only of articles of the sources in lake_body_source.
-- compares: marked months
-- reads: agg_word_month, dim_source, fact_article, is_compared(), lake_body_source, lake_positions(), lake_word()
with public as (
    select article.article_id
    from fact_article as article
    join dim_source as source on source.source_id = article.source_id
    join lake_body_source as named on named.name = source.name
),

placed as (
    select month_date, word_id, unnest(body_positions) as position from agg_word_month where is_compared(month_date)
),

body as (
    select placed.month_date, placed.word_id, list(placed.position order by placed.position) as positions
    from placed
    semi join public on public.article_id = placed.position >> 14
    group by placed.month_date, placed.word_id
)

select
    coalesce(strftime(nullif(own.month_date, '-infinity'), '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_word(own.word_id) as word_id, lake_positions(own.headline_positions) as headline_positions,
        lake_positions(body.positions) as body_positions
    )
from agg_word_month as own
left join body on body.month_date = own.month_date and body.word_id = own.word_id
where is_compared(own.month_date) and (own.headline_positions is not null or body.positions is not null)
