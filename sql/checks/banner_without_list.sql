-- Finds source days of the last seven days on which pages showed a closings banner while every poll of the closings
-- list found it empty.
-- level: warn
-- reads: dim_source, fact_banner, fact_closing_poll
with polls as (
    select
        fact_closing_poll.source_id,
        timezone(coalesce(dim_source.zone, 'UTC'), fact_closing_poll.polled_at)::date as date,
        count(*) filter (where fact_closing_poll.state = 'empty') as empty,
        count(*) filter (where fact_closing_poll.state <> 'empty') as other
    from fact_closing_poll
    join dim_source on dim_source.source_id = fact_closing_poll.source_id
    where fact_closing_poll.polled_at > (select max(polled_at) - interval 7 day from fact_closing_poll)
    group by all
)

select polls.source_id, polls.date, fact_banner.text, fact_banner.from_at, fact_banner.until_at
from polls
join dim_source on dim_source.source_id = polls.source_id
join fact_banner
    on
        fact_banner.source_id = polls.source_id
        and fact_banner.kind = 'closings'
        and polls.date between
        timezone(coalesce(dim_source.zone, 'UTC'), fact_banner.from_at)::date
        and timezone(coalesce(dim_source.zone, 'UTC'), fact_banner.until_at)::date
where polls.empty > 0 and polls.other = 0;
