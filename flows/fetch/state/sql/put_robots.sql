insert into robots (origin, checked_at, status, good_at, body) values (:origin, :checked_at, :status, :good_at, :body)
on conflict (origin) do update set
    checked_at = excluded.checked_at, status = excluded.status, good_at = excluded.good_at, body = excluded.body
