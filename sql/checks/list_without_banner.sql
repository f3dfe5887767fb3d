-- Finds polls of the last seven days that read a populated closings list while no page captured within half an hour of
-- it showed a closings banner.
-- level: warn
-- reads: banner_sighting, fact_closing_poll, page_exchange
with polls as (
    select source_id, polled_at
    from fact_closing_poll
    where
        state = 'populated' and rows > 0
        and polled_at > (select max(polled_at) - interval 7 day from fact_closing_poll)
),

with_banner as (
    select distinct fetch_id from banner_sighting where kind = 'closings'
),

pages as (
    select page_exchange.source_id, polls.polled_at, count(*) as pages, count(with_banner.fetch_id) as pages_with_banner
    from polls
    join page_exchange
        on
            page_exchange.source_id = polls.source_id
            and page_exchange.captured_at
            between polls.polled_at - interval 30 minute and polls.polled_at + interval 30 minute
    left join with_banner on with_banner.fetch_id = page_exchange.fetch_id
    group by all
)

select source_id, polled_at, pages from pages where pages_with_banner = 0;
