update fact_article
set
    native_id = page.native_id, url = page.url, title = page.title, summary = page.summary, authors = page.authors,
    section = page.section, lang = page.lang, template = page.template, fingerprint = page.fingerprint,
    posted_at = page.posted_at, posted_local = page.posted_local, posted_date = page.posted_local::date,
    posted_raw = page.posted_raw, posted_zone_basis = page.posted_zone_basis, posted_precision = page.posted_precision,
    posted_ambiguous = page.posted_ambiguous, updated_at = page.updated_at, updated_local = page.updated_local,
    updated_raw = page.updated_raw, updated_zone_basis = page.updated_zone_basis,
    updated_precision = page.updated_precision, origin_kind = page.origin_kind, origin_service = page.origin_service,
    origin_rule = page.origin_rule, origin_evidence = page.origin_evidence, word_count = page.word_count,
    content_hash = page.content_hash, simhash = page.simhash, fetch_id = page.fetch_id
from current_page as page
where fact_article.article_id = page.article_id;
