-- Adds the field fill counts of the new pages per template and local day. Every exchange is loaded once, so counts are
-- simply added, in any order of loading.
-- needs: stage_article
-- reads: new_page, stage_article
-- writes: agg_template_day
merge into agg_template_day as known
using (
    with filled as materialized (
        select
            fetch_no, coalesce(template, '') as template, coalesce(fingerprint, '') as fingerprint,
            coalesce(title <> '', false) as has_title, posted_local is not null as has_posted,
            coalesce(len(authors) > 0, false) as has_authors, coalesce(len(tags) > 0, false) as has_tags,
            coalesce(body <> '', false) as has_body, has_summary
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
) as fresh
    on (
        known.source_id = fresh.source_id and known.date = fresh.date and known.template = fresh.template
        and known.fingerprint = fresh.fingerprint
    )
when matched then
    update set
        pages = known.pages + fresh.pages, with_title = known.with_title + fresh.with_title,
        with_posted = known.with_posted + fresh.with_posted, with_authors = known.with_authors + fresh.with_authors,
        with_tags = known.with_tags + fresh.with_tags, with_body = known.with_body + fresh.with_body,
        with_summary = known.with_summary + fresh.with_summary
when not matched then
    insert (
        source_id, template, fingerprint, date, pages, with_title, with_posted, with_authors, with_tags, with_body,
        with_summary
    ) values (
        fresh.source_id, fresh.template, fresh.fingerprint, fresh.date, fresh.pages, fresh.with_title,
        fresh.with_posted, fresh.with_authors, fresh.with_tags, fresh.with_body, fresh.with_summary
    );
