-- Counts and hashes the rows of fact_article.
-- reads: dim_source, fact_article
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, fact.article_key, fact.native_id, fact.url, fact.title, fact.summary, fact.authors,
        fact.section, fact.lang, fact.template, fact.fingerprint, fact.posted_at, fact.posted_local,
        fact.posted_date, fact.posted_raw, fact.posted_zone_basis, fact.posted_precision, fact.posted_ambiguous,
        fact.updated_at, fact.updated_local, fact.updated_raw, fact.updated_zone_basis, fact.updated_precision,
        fact.first_seen_at, fact.last_seen_at, fact.first_seen_date, fact.gone_at, fact.revisions,
        fact.origin_kind, fact.origin_service, fact.origin_rule, fact.origin_evidence, fact.word_count,
        fact.content_hash, fact.simhash
    ))::hugeint), 0)::text as hash
from fact_article as fact
join dim_source as source on source.source_id = fact.source_id;
