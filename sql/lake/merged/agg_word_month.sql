-- Where words stand in the articles of all writers.
-- reads: agg_word_month
-- writes: agg_word_month
create view agg_word_month as
select
    month_date, word_id,
    list_sort(flatten(list(headline_positions) filter (headline_positions is not null))) as headline_positions,
    list_sort(flatten(list(body_positions) filter (body_positions is not null))) as body_positions
from lake.agg_word_month
group by month_date, word_id;
