-- a page that a run under a clock ahead of :now has touched, or that is due later than any interval allows, is due now
update page set
    next_due = :now, first_seen = min(first_seen, :now), captured_at = min(captured_at, :now),
    fetched_at = min(fetched_at, :now)
where next_due is not null
    and (
        next_due > :now + iif(purpose in ('feed', 'sitemap', 'section'), :channel_longest, :page_longest)
        or first_seen > :late or captured_at > :late or fetched_at > :late
    )
