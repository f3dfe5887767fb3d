-- The month from which on agg_topic_month is to be laid anew once the stale months are stated: where none of them lies before
-- the last year looked at, which is most days, that year; else the first there is. Null: no month is stale.
set variable laid_from = (
    select case when min(stale_month.month_date) >= max(last.year_date) then max(last.year_date) else date '0001-01-01' end
    from stale_month
    cross join (select date_trunc('year', max(date))::date as year_date from fact_source_day) as last
);
