-- The words of headlines and summaries, and of bodies while any source exports its bodies; without a month.
-- reads: agg_word_month, dim_word, lake_body_source, lake_word()
select
    'all' as lake_month,
    own.* replace (lake_word(own.word_id) as word_id)
from dim_word as own
where
    own.word_id in (select word_id from agg_word_month where headline_positions is not null)
    or exists (from lake_body_source)
