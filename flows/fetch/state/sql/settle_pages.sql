-- due now: what a run under a clock ahead of :now has touched, and what is due later than any interval allows. after such
-- a run (:is_ahead) also every list and every page that waits for another attempt: nothing tells which of them it read
update page set
    next_due = :now, first_seen = min(first_seen, :now), captured_at = min(captured_at, :now),
    fetched_at = min(fetched_at, :now)
where next_due is not null
    and (
        next_due > :now + iif(purpose in ('feed', 'sitemap', 'section'), :channel_longest, :page_longest)
        or first_seen > :late or captured_at > :late or fetched_at > :late
        or (:is_ahead and next_due > :now and (fails > 0 or purpose in ('feed', 'sitemap', 'section')))
    )
