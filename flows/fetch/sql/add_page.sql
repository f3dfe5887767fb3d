insert into page (url, purpose, first_seen, priority, next_due) values (:url, :purpose, :at, :priority, :at)
on conflict (url) do nothing
