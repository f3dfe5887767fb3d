-- Writes the current state of the articles of this load: content from the latest reading, clocks from all readings.
-- needs: article exchanges, stale_article
-- reads: article_clock, batch_article, current_page, stage_article
-- writes: article_now, fact_article

-- New articles are appended.
insert into fact_article by name
select
    page.article_id, page.fetch_id, article.source_id, article.article_key, article.key_hash, clock.first_seen_at,
    clock.last_seen_at, clock.first_seen_date, clock.gone_at, clock.revisions,
    staged.native_id, staged.url, staged.title, staged.summary, staged.authors, staged.section, staged.publisher,
    staged.alternative_headline, staged.image_url, staged.video_url, staged.is_free, staged.lang, staged.template,
    staged.fingerprint, staged.posted_at, staged.posted_local,
    staged.posted_local::date as posted_date, staged.posted_raw, staged.posted_zone_basis, staged.posted_precision,
    staged.posted_ambiguous, staged.updated_at, staged.updated_local, staged.updated_raw, staged.updated_zone_basis,
    staged.updated_precision, staged.origin_kind, staged.origin_service, staged.origin_rule, staged.origin_evidence,
    staged.word_count, staged.content_hash, staged.simhash
from stage_article as staged
join current_page as page on page.fetch_no = staged.fetch_no
join batch_article as article on article.article_id = page.article_id
join article_clock as clock on clock.article_id = page.article_id
where page.is_new;

-- Known articles that have a newer reading are updated as a whole.
create or replace temp table article_now as
select
    page.article_id, page.fetch_id, clock.first_seen_at, clock.last_seen_at, clock.first_seen_date, clock.gone_at,
    clock.revisions,
    staged.native_id, staged.url, staged.title, staged.summary, staged.authors, staged.section, staged.publisher,
    staged.alternative_headline, staged.image_url, staged.video_url, staged.is_free, staged.lang, staged.template,
    staged.fingerprint, staged.posted_at, staged.posted_local,
    staged.posted_local::date as posted_date, staged.posted_raw, staged.posted_zone_basis, staged.posted_precision,
    staged.posted_ambiguous, staged.updated_at, staged.updated_local, staged.updated_raw, staged.updated_zone_basis,
    staged.updated_precision, staged.origin_kind, staged.origin_service, staged.origin_rule, staged.origin_evidence,
    staged.word_count, staged.content_hash, staged.simhash
from stage_article as staged
join current_page as page on page.fetch_no = staged.fetch_no
join article_clock as clock on clock.article_id = page.article_id
where not page.is_new;

update fact_article
set
    native_id = page.native_id, url = page.url, title = page.title, summary = page.summary, authors = page.authors,
    section = page.section, publisher = page.publisher, alternative_headline = page.alternative_headline,
    image_url = page.image_url, video_url = page.video_url, is_free = page.is_free, lang = page.lang,
    template = page.template, fingerprint = page.fingerprint,
    posted_at = page.posted_at, posted_local = page.posted_local, posted_date = page.posted_date,
    posted_raw = page.posted_raw, posted_zone_basis = page.posted_zone_basis,
    posted_precision = page.posted_precision, posted_ambiguous = page.posted_ambiguous, updated_at = page.updated_at,
    updated_local = page.updated_local, updated_raw = page.updated_raw, updated_zone_basis = page.updated_zone_basis,
    updated_precision = page.updated_precision, origin_kind = page.origin_kind, origin_service = page.origin_service,
    origin_rule = page.origin_rule, origin_evidence = page.origin_evidence, word_count = page.word_count,
    content_hash = page.content_hash, simhash = page.simhash, first_seen_at = page.first_seen_at,
    last_seen_at = page.last_seen_at, first_seen_date = page.first_seen_date, gone_at = page.gone_at,
    revisions = page.revisions, fetch_id = page.fetch_id
from article_now as page
where
    fact_article.article_id = page.article_id
    and fact_article.article_id >= (select coalesce(min(article_id), 9223372036854775807) from article_now);

-- Known articles only found unchanged, gone, or read at an earlier time keep their content and get new clocks.
update fact_article
set
    first_seen_at = clock.first_seen_at, last_seen_at = clock.last_seen_at, first_seen_date = clock.first_seen_date,
    gone_at = clock.gone_at, revisions = clock.revisions
from (
    select article_id, first_seen_at, last_seen_at, first_seen_date, gone_at, revisions
    from article_clock
    anti join current_page using (article_id)
) as clock
where
    fact_article.article_id = clock.article_id
    and fact_article.article_id >= (
        select coalesce(min(article_id), 9223372036854775807)
        from article_clock
        anti join current_page using (article_id)
    );
