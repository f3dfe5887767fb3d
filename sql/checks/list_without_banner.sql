-- level: warn
-- A filled closings list, and pages looked at within half an hour of it that bore no closings bar (seven days).
with polls as (
    select source_id, polled_at
    from fact_closing_poll
    where
        state = 'populated' and rows > 0
        and polled_at > (select max(polled_at) - interval 7 day from fact_closing_poll)
),

looks as (
    select page_look.source_id, polls.polled_at, count(*) as pages, count(barred.fetch_id) as with_bar
    from polls
    join page_look
        on
            page_look.source_id = polls.source_id
            and page_look.captured_at
            between polls.polled_at - interval 30 minute and polls.polled_at + interval 30 minute
    left join (
        select distinct fetch_id from banner_sighting where kind = 'closings'
    ) as barred on barred.fetch_id = page_look.fetch_id
    group by all
)

select source_id, polled_at, pages from looks where with_bar = 0;
