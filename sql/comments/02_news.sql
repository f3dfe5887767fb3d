-- News facts: what each table and column holds. Times ending in _at are UTC; dates are local to the source.

comment on table fact_fetch is
'One HTTP exchange, or one decision not to make it. Key: fetch_id; source_id, url, requested_at and purpose are '
'unique together.';
comment on column fact_fetch.fetch_id is 'Key, numbered in order of load. A rebuild may renumber.';
comment on column fact_fetch.source_id is 'See dim_source.';
comment on column fact_fetch.url is 'Requested URL.';
comment on column fact_fetch.requested_at is
'When the last request of the exchange was sent, UTC. Null: a record of another tool''s archive without a usable '
'date.';
comment on column fact_fetch.purpose is
'robots, feed, sitemap, section, article, closings, points, stations, observations, forecast or alerts.';
comment on column fact_fetch.outcome is 'new, changed, unchanged, gone, refused, unsafe, failed or skipped.';
comment on column fact_fetch.status is 'HTTP status of the last response. Null where none was received.';
comment on column fact_fetch.reason is 'What led to the outcome; of a new or changed one, what is wrong with its body.';
comment on column fact_fetch.robots_rule is
'Line of robots.txt that allowed or refused the request. Null where no line decided.';
comment on column fact_fetch.robots_tags is
'What the page asks of robots, by X-Robots-Tag headers and meta robots: lower case, sorted.';
comment on column fact_fetch.waited_ms is 'Time waited for the rate limit and between retries, milliseconds.';
comment on column fact_fetch.elapsed_ms is
'Time from sending requests to the end of their responses, all attempts, milliseconds.';
comment on column fact_fetch.attempts is
'Requests made, retries included. 0: none was made, or the record is from another tool''s archive.';
comment on column fact_fetch.bytes is 'Size of the bodies as received, redirects included, bytes.';
comment on column fact_fetch.media_type is 'Media type of the response. Null where none was received.';
comment on column fact_fetch.final_url is 'URL after redirects. Null where there were none.';
comment on column fact_fetch.body_sha256 is
'SHA-256 of the decoded body in hexadecimal. Null where there is no good response.';
comment on column fact_fetch.warc_file is
'Archive file that holds the record, relative to the data folder; of another tool: absolute, a file inside a WACZ as '
'WACZ#file. Null where the record has no file.';
comment on column fact_fetch.warc_offset is 'Byte offset of the record in warc_file.';
comment on column fact_fetch.kind is
'article, index, missing or other (in doubt). Null: no page was read, or loaded before kinds were kept.';
comment on column fact_fetch.kind_evidence is
'JSON object of the features that the kind was decided by, and the probability of an article. Null where kind is.';
comment on column fact_fetch.batch_id is 'Batch that brought it, see batch.';

comment on table fact_source_day is
'One source on one local day with at least one exchange. No row: nothing was requested. Key: source_id, date.';
comment on column fact_source_day.source_id is 'Key, with date. See dim_source.';
comment on column fact_source_day.date is 'Key, with source_id. Local day of the source.';
comment on column fact_source_day.channel_reads is
'Good responses from feeds, sitemaps and section pages, unchanged ones included.';
comment on column fact_source_day.good_runs is
'Largest number of good responses from any one of them: a lower bound for complete runs.';
comment on column fact_source_day.new_articles is 'Article pages fetched for the first time.';
comment on column fact_source_day.changed_articles is 'Article pages fetched again with a changed body.';
comment on column fact_source_day.refused is 'Exchanges with outcome refused.';
comment on column fact_source_day.failed is 'Exchanges with outcome failed or unsafe.';
comment on column fact_source_day.observed is
'Whether channel_reads > 0. If false, a count of 0 articles means unknown, not none.';

comment on table fact_article is
'One article of one source in its current state. Key: article_id; source_id and article_key are unique together.';
comment on column fact_article.article_id is
'Key, numbered in order of load. A rebuild may renumber: keep source name and article_key outside.';
comment on column fact_article.source_id is 'See dim_source.';
comment on column fact_article.article_key is
'Unique per source: system and id (with the host where ids are unique within a site), else URL without scheme, www.';
comment on column fact_article.native_id is 'The site system''s id of the article. Null where the page has none.';
comment on column fact_article.url is 'URL of the page that the current state was read from.';
comment on column fact_article.title is 'Headline. Null where the page has none.';
comment on column fact_article.summary is
'Summary or description. Null: none on the page, or a part of a body that is not kept.';
comment on column fact_article.authors is 'Authors in the order of the byline; empty where there are none.';
comment on column fact_article.section is 'Section as the publisher names it. Null where the page names none.';
comment on column fact_article.publisher is
'Publisher as the page names it, not always the source. Null where it names none.';
comment on column fact_article.alternative_headline is
'Another headline that the page states, often for search engines. Null where none differs.';
comment on column fact_article.image_url is 'URL of the lead image. Null where the page states none.';
comment on column fact_article.video_url is
'URL of the article''s video or its player. Null where the page states none.';
comment on column fact_article.is_free is
'Whether the article is free to read; false also behind a metered paywall. Null where the page does not say.';
comment on column fact_article.lang is
'Language that the page declares, such as en or en-us, else guessed from the text. Null: unknown.';
comment on column fact_article.template is 'Page template, such as blox-2021; generic where it is not known.';
comment on column fact_article.fingerprint is
'Hash of the page''s outer structure: changes when the site is redesigned. Null: no page body.';
comment on column fact_article.posted_at is
'Posted according to the publisher, UTC. Null where the time zone or the time of day is unknown.';
comment on column fact_article.posted_local is
'Posted, local time at the source. Midnight where only the day is known. Null: unknown.';
comment on column fact_article.posted_date is 'Local day posted: the day that trends count by. Null: unknown.';
comment on column fact_article.posted_raw is 'Posted as printed, at most 200 characters.';
comment on column fact_article.posted_zone_basis is
'Where the time zone comes from: explicit (on the page), source_zone or unknown.';
comment on column fact_article.posted_precision is 'instant, minute or day.';
comment on column fact_article.posted_ambiguous is
'Whether posted_local lies in the hour that repeats when clocks go back.';
comment on column fact_article.updated_at is
'Updated according to the publisher, UTC. Null where never updated, or the instant is unknown.';
comment on column fact_article.updated_local is 'Updated, local time at the source. Null: never updated.';
comment on column fact_article.updated_raw is 'Updated as printed, at most 200 characters.';
comment on column fact_article.updated_zone_basis is
'Where the time zone comes from: explicit, source_zone or unknown.';
comment on column fact_article.updated_precision is 'instant, minute or day.';
comment on column fact_article.first_seen_at is
'First exchange that returned the article, UTC. Null: only records without a date did.';
comment on column fact_article.last_seen_at is
'Last exchange that returned it or found it unchanged, UTC. Null: only records without a date did.';
comment on column fact_article.first_seen_date is 'Local day of first_seen_at at the source.';
comment on column fact_article.gone_at is 'First 404 or 410 after last_seen_at, UTC. Null: not gone.';
comment on column fact_article.revisions is 'Number of its revisions, see fact_article_revision.';
comment on column fact_article.origin_kind is
'Who made the story: own, sister, owner, network, wire, press_release, nws, sponsored or unknown.';
comment on column fact_article.origin_service is 'The wire service, station or agency named. Null where none is.';
comment on column fact_article.origin_rule is
'Id of the rule in config/origins.toml that decided. Null where none did.';
comment on column fact_article.origin_evidence is 'Text on the page that the rule matched. Null where no rule did.';
comment on column fact_article.word_count is 'Words in the body.';
comment on column fact_article.content_hash is
'SHA-256 of headline and cleaned body: equal for exact copies. state_hash where there is none.';
comment on column fact_article.simhash is
'SimHash of the body, 64 bits: near copies differ in few bits. Null: under three words.';
comment on column fact_article.fetch_id is 'Exchange that the current state was read from, see fact_fetch.';
comment on column fact_article.key_hash is 'Hash of source_id and article_key that loads look articles up by.';

comment on table article_reading is
'One exchange with an article. Revisions and seen times are computed from these rows. Key: article_id, fetch_id.';
comment on column article_reading.article_id is 'Key, with fetch_id. See fact_article.';
comment on column article_reading.captured_at is 'When it was requested, UTC. Null: unknown.';
comment on column article_reading.state_hash is
'Content state read, see article_state. Null: found unchanged, or gone.';
comment on column article_reading.fetch_id is 'Key, with article_id. See fact_fetch.';
comment on column article_reading.is_gone is 'Whether the response was 404 or 410.';

comment on table waiting_exchange is
'One exchange without content (unchanged or gone) at a URL whose article is not loaded yet. Key: fetch_id.';
comment on column waiting_exchange.fetch_id is 'Key. See fact_fetch.';
comment on column waiting_exchange.source_id is 'See dim_source.';
comment on column waiting_exchange.url is 'Requested URL.';
comment on column waiting_exchange.captured_at is 'When it was requested, UTC. Null: unknown.';
comment on column waiting_exchange.is_gone is 'Whether the response was 404 or 410.';

comment on table article_text is 'What the story clusters are computed from. Key: article_id.';
comment on column article_text.article_id is 'Key. See fact_article.';
comment on column article_text.date is 'Local day posted, else first seen. Null: unknown.';
comment on column article_text.text_hash is
'Hash of content_hash. Null: under 25 words, too short to be evidence of copying.';
comment on column article_text.simhash is 'SimHash of the body, 64 bits. Null: under 50 words.';
comment on column article_text.sketch is
'MinHash sketch of the body, 64 bytes in eight numbers. Null: under 100 words, or loaded by an older version.';

comment on table article_url is 'One URL at which an article of a source was found. Key: source_id, url.';
comment on column article_url.source_id is 'Key, with url. See dim_source.';
comment on column article_url.url is 'Key, with source_id. Without scheme and www.';
comment on column article_url.article_id is 'See fact_article.';
comment on column article_url.url_hash is 'Hash of source_id and url that loads look URLs up by.';

comment on table article_state is 'One distinct content state of an article. Key: article_id, state_hash.';
comment on column article_state.article_id is 'Key, with state_hash. See fact_article.';
comment on column article_state.state_hash is
'Key, with article_id. Hash of headline, summary, body, tags and updated time.';
comment on column article_state.title is 'Headline. Null where the page has none.';
comment on column article_state.summary is
'Summary or description. Null: none on the page, or a part of a body that is not kept.';
comment on column article_state.body is
'Cleaned body text. Private: exported only if the source has export_body = true. Null: no text, or store_body = false.';
comment on column article_state.body_hash is
'Hash of the body; kept where the body is not stored. Null: no text.';
comment on column article_state.authors is 'Authors in the order of the byline.';
comment on column article_state.tags is 'Labels as printed, without repeats.';
comment on column article_state.updated_local is 'Updated, local time at the source. Null: never updated.';
comment on column article_state.content_hash is 'SHA-256 of headline and cleaned body: equal for exact copies.';
comment on column article_state.word_count is 'Words in the body.';

comment on table fact_article_revision is
'One interval in which an article kept one content state. Key: article_id, revision.';
comment on column fact_article_revision.article_id is 'Key, with revision. See fact_article.';
comment on column fact_article_revision.revision is 'Key, with article_id. Counts from 1 per article.';
comment on column fact_article_revision.from_at is
'First time it was seen in this state, UTC. Null: only records without a date showed it.';
comment on column fact_article_revision.until_at is
'Last time it was seen in this state, UTC. Null: only records without a date showed it.';
comment on column fact_article_revision.state_hash is 'Content state, see article_state.';
comment on column fact_article_revision.kind is
'Change from the revision before: first, headline, body, tags, silent, updated or several.';
comment on column fact_article_revision.headline_changed is
'Whether the headline differs from the revision before; false for the first.';
comment on column fact_article_revision.body_changed is
'Whether the body differs from the revision before; false for the first.';
comment on column fact_article_revision.tags_changed is
'Whether the set of tags differs from the revision before; false for the first.';
comment on column fact_article_revision.silent is 'Whether the body changed and the publisher''s updated time did not.';
comment on column fact_article_revision.fetch_id is 'First exchange that showed this state, see fact_fetch.';

comment on table fact_article_tag is
'One tag of an article in its current state, by one method. Key: article_id, tag_id, method.';
comment on column fact_article_tag.article_id is 'Key, with tag_id and method. See fact_article.';
comment on column fact_article_tag.tag_id is
'Key, with article_id and method. See dim_tag. Aliases are not applied here, see article_tags.';
comment on column fact_article_tag.method is
'How it was found: jsonld, meta_keywords, news_keywords, article_tag, rel_tag, tag_box, tag_link, ...';
comment on column fact_article_tag.position is 'Position in its list, from 1.';
comment on column fact_article_tag.raw_label is 'Label as printed.';
comment on column fact_article_tag.is_parent is 'Whether another tag of the article lies below it, see tag_parent.';

comment on table fact_article_place is
'One place named by an article in its current state, by one method. Key: article_id, name, method.';
comment on column fact_article_place.article_id is 'Key, with name and method. See fact_article.';
comment on column fact_article_place.name is 'Key, with article_id and method. Name as printed.';
comment on column fact_article_place.method is 'Key, with article_id and name. dateline, tag or text.';
comment on column fact_article_place.place_id is
'Town that the source means by the name, see dim_place. Null: no configured town.';

comment on table fact_story is
'The story cluster that an article belongs to: copies within three days of each other. Key: article_id.';
comment on column fact_story.article_id is 'Key. See fact_article.';
comment on column fact_story.story_id is 'Cluster: the smallest article_id in it.';
comment on column fact_story.method is 'exact (same text as another copy), near (similar text) or alone (no copies).';

comment on table channel_sighting is
'One URL on one channel in one exchange. Appearances are computed from these rows. Key: fetch_id, channel, slot, '
'url.';
comment on column channel_sighting.fetch_id is 'Key, with channel, slot and url. See fact_fetch.';
comment on column channel_sighting.source_id is 'See dim_source.';
comment on column channel_sighting.url is 'URL listed.';
comment on column channel_sighting.channel is 'feed, sitemap, section or closings.';
comment on column channel_sighting.slot is 'Which feed, sitemap or section: its URL or label.';
comment on column channel_sighting.rank is 'Best position in the list, from 1.';
comment on column channel_sighting.seen_at is 'When the list was requested, UTC.';

comment on table fact_appearance is
'One interval in which a URL stayed on a channel and slot. Key: source_id, url, channel, slot, from_at.';
comment on column fact_appearance.source_id is 'Key, with url, channel, slot and from_at. See dim_source.';
comment on column fact_appearance.url is 'URL listed.';
comment on column fact_appearance.article_id is 'See fact_article. Null while no article of that URL is known.';
comment on column fact_appearance.channel is 'feed, sitemap, section or closings.';
comment on column fact_appearance.slot is 'Which feed, sitemap or section: its URL or label.';
comment on column fact_appearance.from_at is 'First exchange that listed it, UTC.';
comment on column fact_appearance.until_at is 'Last exchange that listed it before one that did not, UTC.';
comment on column fact_appearance.sightings is 'Exchanges that listed it.';
comment on column fact_appearance.best_rank is 'Best position in the list, from 1.';

comment on table fact_check is 'Outcome of one check in one run. Key: checked_at, name.';
comment on column fact_check.checked_at is 'Key, with name. When the check ran, UTC.';
comment on column fact_check.name is 'Key, with checked_at. Name of the file in sql/checks without its ending.';
comment on column fact_check.level is 'fail (blocks publishing) or warn.';
comment on column fact_check.faults is 'Rows at fault; 1001 means more than 1000.';
comment on column fact_check.example is 'First row at fault, at most 300 characters. Null: none.';

comment on table publication is 'The snapshot that was published last. Key: snapshot.';
comment on column publication.snapshot is 'Number of the snapshot.';
comment on column publication.content_hash is
'Hash of the batches, dimensions, checks and schema at that time: equal while there is nothing new to publish.';
comment on column publication.published_at is 'When it was published, UTC.';

comment on table stale_article is
'An article, and a day it counts on, that the next load or refresh computes again. Key: article_id, posted_date.';
comment on column stale_article.article_id is 'Key, with posted_date. See fact_article.';
comment on column stale_article.source_id is 'See dim_source.';
comment on column stale_article.posted_date is 'Key, with article_id. Local day of posting. Null: unknown.';

comment on table mixed_article is
'An article that earlier versions may have mixed from sites with equal ids; rebuild separates them. Key: article_id.';
comment on column mixed_article.article_id is 'Key. See fact_article.';
comment on column mixed_article.hosts is 'Hosts its pages came from, sorted.';
