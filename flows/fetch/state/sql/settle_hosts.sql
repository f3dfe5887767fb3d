-- no breaker is open and no retry-after waits longer than its limit
update host set
    last_at = min(last_at, :now),
    open_until = iif(open_until > :now + :breaker_longest, null, open_until),
    retry_until = iif(retry_until > :now + :retry_longest, null, retry_until)
where last_at > :late or open_until > :now + :breaker_longest or retry_until > :now + :retry_longest
