insert into note (key, body, at) values (:key, :body, :at)
on conflict (key) do update set body = excluded.body, at = excluded.at
