-- Notes the months (UTC) that get exchanges.
-- reads: changed_month, new_fetch
-- writes: changed_month
insert into changed_month by name
select distinct date_trunc('month', requested_at)::date as month_date from new_fetch where requested_at is not null
except
select month_date from changed_month;
