insert into fact_closing_poll
select new_fetch.source_id, new_fetch.requested_at, staged.state, staged.updated_at, staged.rows, new_fetch.fetch_id
from stage_poll as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
where new_fetch.requested_at is not null
on conflict do nothing;
