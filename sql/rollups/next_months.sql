-- Sets the variables from_date and before_date to the next stale months that follow one another and have at most 20,000
-- articles together, or to one month: few statements serve years of few articles, and memory holds one large month at
-- most. The first of all when before_date is null; returns from_date, null when none is left.
-- reads: agg_article_day, stale_month, variable before_date
-- writes: variable before_date, variable from_date
set variable from_date = (
    select min(month_date) from stale_month where month_date >= coalesce(getvariable('before_date'), '-infinity'::date)
);

set variable before_date = (
    with posted as (
        select date_trunc('month', posted_date)::date as month_date, sum(articles) as articles
        from agg_article_day
        group by all
    ),

    numbered as (
        select
            month_date, sum(coalesce(articles, 0)) over (order by month_date) as total_articles,
            datediff('month', getvariable('from_date'), month_date) + 1
            - row_number() over (order by month_date) as gaps
        from stale_month
        left join posted using (month_date)
        where month_date >= getvariable('from_date')
    )

    select (max(month_date) + interval 1 month)::date
    from numbered
    where gaps = 0 and (total_articles <= 20000 or month_date = getvariable('from_date'))
);

select getvariable('from_date') as from_date;
