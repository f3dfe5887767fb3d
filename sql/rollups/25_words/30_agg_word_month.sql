-- Replaces the words of the month that starts on the variable month_date, and removes it from the stale months.
-- reads: dim_word, month_word, variable month_date
-- writes: agg_word_month, stale_word_month
delete from agg_word_month where month_date = getvariable('month_date');

insert into agg_word_month by name
select
    getvariable('month_date') as month_date, known.word_id,
    list_sort(list(placed.position) filter (placed.start < 1024)) as headline_positions,
    list_sort(list(placed.position) filter (placed.start = 1024)) as body_positions
from month_word as placed
join dim_word as known on known.word = placed.word
group by known.word_id
order by known.word_id;

drop table month_word;

delete from stale_word_month where month_date = getvariable('month_date');
