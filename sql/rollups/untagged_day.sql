-- Recomputes the days on which a source's tags had collapsed, over all of its history, and marks the months in which
-- they changed. Tags have collapsed on a day with less than half of the usual share of articles with tags, if the 14
-- days that end or begin with it have surely less as well (Wilson 1927).
-- reads: agg_tag_coverage, agg_untagged_day, stale_month, wilson_high()
-- writes: agg_untagged_day, stale_month
create or replace temp table untagged_now as
with stretches as materialized (
    select
        source_id, date, articles, tagged_articles,
        sum(articles) over back as back_articles, sum(tagged_articles) over back as back_tagged,
        sum(articles) over ahead as ahead_articles, sum(tagged_articles) over ahead as ahead_tagged
    from agg_tag_coverage
    window
        back as (
            partition by source_id order by date range between interval 13 days preceding and current row
        ),
        ahead as (
            partition by source_id order by date range between current row and interval 13 days following
        )
),

-- Usual is what a source reaches in its best tenth of such stretches: a source that stopped tagging years ago once had
-- tags. One that hardly ever has any has none to lose.
usual as (
    select source_id, quantile_cont(back_tagged / back_articles, 0.9) as share
    from stretches
    where back_articles >= 20
    group by source_id
)

select stretches.source_id, stretches.date
from stretches
join usual on usual.source_id = stretches.source_id
where
    usual.share >= 0.2
    and stretches.tagged_articles / stretches.articles < usual.share / 2
    and (
        (back_articles >= 20 and wilson_high(back_tagged, back_articles) < usual.share / 2)
        or (ahead_articles >= 20 and wilson_high(ahead_tagged, ahead_articles) < usual.share / 2)
    );

insert into stale_month by name
select date_trunc('month', date)::date as month_date
from untagged_now
anti join agg_untagged_day using (source_id, date)
union
select date_trunc('month', date)::date
from agg_untagged_day
anti join untagged_now using (source_id, date)
except
select month_date from stale_month;

delete from agg_untagged_day;

insert into agg_untagged_day by name select source_id, date from untagged_now order by date, source_id;

drop table untagged_now;
