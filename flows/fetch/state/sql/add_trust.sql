insert into trust (scope, good, bad) values (:scope, :good, :bad)
on conflict (scope) do update set good = good + excluded.good, bad = bad + excluded.bad
