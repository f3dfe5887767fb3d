-- Notes the months that are about to be recomputed: the rows of their articles have changed. Run before they are; words
-- without a month are always compared.
-- reads: changed_month, stale_month, stale_word_month
-- writes: changed_month
insert into changed_month by name
(
    select month_date from stale_month
    union
    select month_date from stale_word_month where isfinite(month_date)
)
except
select month_date from changed_month;
