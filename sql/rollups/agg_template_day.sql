-- Every look is loaded once, so its counts are added once, in whatever order the batches come.
merge into agg_template_day as known
using (
    select
        page.source_id, coalesce(staged.template, '') as template, coalesce(staged.fingerprint, '') as fingerprint,
        timezone(coalesce(source.zone, 'UTC'), page.captured_at)::date as date, count(*) as pages,
        count(nullif(trim(staged.title), '')) as with_title, count(staged.posted_local) as with_posted,
        count(*) filter (len(staged.authors) > 0) as with_authors, count(*) filter (len(staged.tags) > 0) as with_tags,
        count(nullif(trim(staged.body), '')) as with_body, count(nullif(trim(staged.summary), '')) as with_summary
    from new_page as page
    join stage_article as staged on staged.fetch_no = page.fetch_no
    join dim_source as source on source.source_id = page.source_id
    where page.captured_at is not null
    group by all
) as met
on (
    known.source_id = met.source_id and known.date = met.date and known.template = met.template
    and known.fingerprint = met.fingerprint
)
when matched then update set
    pages = known.pages + met.pages, with_title = known.with_title + met.with_title,
    with_posted = known.with_posted + met.with_posted, with_authors = known.with_authors + met.with_authors,
    with_tags = known.with_tags + met.with_tags, with_body = known.with_body + met.with_body,
    with_summary = known.with_summary + met.with_summary
when not matched then insert by name;
