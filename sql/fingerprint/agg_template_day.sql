-- Counts and hashes the rows of agg_template_day.
-- reads: agg_template_day, dim_source
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, fact.template, fact.fingerprint, fact.date, fact.pages, fact.with_title, fact.with_posted,
        fact.with_authors, fact.with_tags, fact.with_body, fact.with_summary
    ))::hugeint), 0)::text as hash
from agg_template_day as fact
join dim_source as source on source.source_id = fact.source_id;
