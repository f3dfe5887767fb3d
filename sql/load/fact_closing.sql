merge into fact_closing as known
using (
    select
        new_fetch.source_id, organisation.organisation_id, staged.effective_date, staged.status,
        min(new_fetch.requested_at) as first_at, max(new_fetch.requested_at) as last_at
    from stage_closing as staged
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
    join dim_organisation as organisation on organisation.folded = staged.folded
    group by all
) as met
on (
    known.source_id = met.source_id
    and known.organisation_id = met.organisation_id
    and known.effective_date is not distinct from met.effective_date
    and known.status = met.status
)
when matched then update set
    first_seen_at = least(known.first_seen_at, met.first_at), last_seen_at = greatest(known.last_seen_at, met.last_at)
when not matched then insert values (
    met.source_id, met.organisation_id, met.effective_date, met.status, met.first_at, met.last_at
);
