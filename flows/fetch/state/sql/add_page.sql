insert into page (url, purpose, first_seen, priority, next_due) values (:url, :purpose, :at, :priority, :at)
on conflict (url) do update set priority = :priority where page.priority > :priority
returning first_seen = :at as is_new
