-- Every look is loaded once, so its counts are added once, in whatever order the batches come.
merge into agg_template_day as known
using (
    with filled as materialized (
        select
            fetch_no, coalesce(template, '') as template, coalesce(fingerprint, '') as fingerprint,
            coalesce(title <> '', false) as has_title, posted_local is not null as has_posted,
            coalesce(len(authors) > 0, false) as has_authors, coalesce(len(tags) > 0, false) as has_tags,
            coalesce(body <> '', false) as has_body, coalesce(summary <> '', false) as has_summary
        from stage_article
    )
    select
        page.source_id, filled.template, filled.fingerprint, page.local_date as date, count(*) as pages,
        count_if(has_title)::bigint as with_title, count_if(has_posted)::bigint as with_posted,
        count_if(has_authors)::bigint as with_authors, count_if(has_tags)::bigint as with_tags,
        count_if(has_body)::bigint as with_body, count_if(has_summary)::bigint as with_summary
    from filled
    join new_page as page on page.fetch_no = filled.fetch_no
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
