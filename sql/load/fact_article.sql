-- What an article says is what its latest look says; its clocks follow in article_seen.
merge into fact_article as known
using (
    select
        current_page.article_id, current_page.fetch_id, met.source_id, staged.*, staged.posted_local::date as posted_date
    from current_page
    join stage_article as staged on staged.fetch_no = current_page.fetch_no
    join met_article as met on met.article_id = current_page.article_id
) as page
on known.article_id = page.article_id
when matched then update set
    native_id = page.native_id, url = page.url, title = page.title, summary = page.summary, authors = page.authors,
    section = page.section, lang = page.lang, template = page.template, fingerprint = page.fingerprint,
    posted_at = page.posted_at, posted_local = page.posted_local, posted_date = page.posted_date,
    posted_raw = page.posted_raw, posted_zone_basis = page.posted_zone_basis, posted_precision = page.posted_precision,
    posted_ambiguous = page.posted_ambiguous, updated_at = page.updated_at, updated_local = page.updated_local,
    updated_raw = page.updated_raw, updated_zone_basis = page.updated_zone_basis,
    updated_precision = page.updated_precision, origin_kind = page.origin_kind, origin_service = page.origin_service,
    origin_rule = page.origin_rule, origin_evidence = page.origin_evidence, word_count = page.word_count,
    content_hash = page.content_hash, simhash = page.simhash, fetch_id = page.fetch_id
when not matched then insert (
    article_id, source_id, article_key, native_id, url, title, summary, authors, section, lang, template, fingerprint,
    posted_at, posted_local, posted_date, posted_raw, posted_zone_basis, posted_precision, posted_ambiguous,
    updated_at, updated_local, updated_raw, updated_zone_basis, updated_precision, revisions, origin_kind,
    origin_service, origin_rule, origin_evidence, word_count, content_hash, simhash, fetch_id
) values (
    page.article_id, page.source_id, page.article_key, page.native_id, page.url, page.title, page.summary,
    page.authors, page.section, page.lang, page.template, page.fingerprint, page.posted_at, page.posted_local,
    page.posted_date, page.posted_raw, page.posted_zone_basis, page.posted_precision, page.posted_ambiguous,
    page.updated_at, page.updated_local, page.updated_raw, page.updated_zone_basis, page.updated_precision, 0,
    page.origin_kind, page.origin_service, page.origin_rule, page.origin_evidence, page.word_count,
    page.content_hash, page.simhash, page.fetch_id
);
