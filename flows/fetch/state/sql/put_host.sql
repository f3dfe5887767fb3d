insert into host (host, last_at, failures, open_until, retry_until)
values (:host, :last_at, :failures, :open_until, :retry_until)
on conflict (host) do update set
    last_at = excluded.last_at, failures = excluded.failures, open_until = excluded.open_until,
    retry_until = excluded.retry_until
