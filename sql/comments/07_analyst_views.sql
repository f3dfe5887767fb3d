comment on view tags is
'Topics that tags name, aliases applied, with their articles of known day. Key: tag_id.';
comment on column tags.tag_id is 'Key. See dim_tag.';
comment on column tags.tag is 'Label for display.';
comment on column tags.facet is 'Facet from config/topics.toml. Null where config gives none.';
comment on column tags.articles is 'Articles with the tag and a day posted.';
comment on column tags.sources is 'Sources of these articles.';
comment on column tags.first_posted_date is 'First local day posted.';
comment on column tags.last_posted_date is 'Last local day posted.';

comment on view article_bodies is
'Articles with the text of their current state. Private: bodies are not exported by default. Key: article_id.';
comment on column article_bodies.article_id is 'Key. See fact_article.';
comment on column article_bodies.source is 'Name of the source.';
comment on column article_bodies.title is 'Headline. Null where the page has none.';
comment on column article_bodies.summary is 'Summary or description. Null where the page has none.';
comment on column article_bodies.body is 'Cleaned body text. Null: no text, or store_body = false.';
comment on column article_bodies.word_count is 'Words in the body.';

comment on view stories is
'Stories: copies of one text at all sources, posted within three days of each other. Key: story_id.';
comment on column stories.story_id is 'Key. The smallest article_id of its articles. A rebuild may renumber.';
comment on column stories.title is 'Headline of its first article. Null where no time is known.';
comment on column stories.articles is 'Copies, the first one included.';
comment on column stories.sources is 'Sources that have it.';
comment on column stories.first_source is 'Source of its first article. Null where no time is known.';
comment on column stories.first_at is
'When its first article was posted, else first seen, UTC. Null: no time is known.';
comment on column stories.last_at is 'When its last article was posted, else first seen, UTC. Null: no time is known.';
comment on column stories.first_posted_date is 'First local day posted. Null: unknown.';

comment on view revisions is
'Observed states of articles: what changed, and when it was seen. Key: article_id, revision.';
comment on column revisions.article_id is 'Key, with revision. See fact_article.';
comment on column revisions.source is 'Name of the source.';
comment on column revisions.title is 'Headline of the current state. Null where the page has none.';
comment on column revisions.url is 'URL of the current state.';
comment on column revisions.revision is 'Key, with article_id. Counts from 1 per article.';
comment on column revisions.kind is
'Change from the revision before: first, headline, body, tags, silent, updated or several.';
comment on column revisions.from_at is 'First time it was seen in this state, UTC. Null: unknown.';
comment on column revisions.until_at is 'Last time it was seen in this state, UTC. Null: unknown.';
comment on column revisions.headline_changed is 'Whether the headline differs from the revision before.';
comment on column revisions.body_changed is 'Whether the body differs from the revision before.';
comment on column revisions.tags_changed is 'Whether the tags differ from the revision before.';
comment on column revisions.is_silent is 'Whether the body changed and the publisher''s updated time did not.';

comment on view appearances is
'Intervals in which an address stayed on a channel and slot. Key: source, url, channel, slot, from_at.';
comment on column appearances.source is 'Key, with url, channel, slot and from_at. Name of the source.';
comment on column appearances.url is 'URL listed.';
comment on column appearances.article_id is 'See fact_article. Null while no article of that URL is known.';
comment on column appearances.title is 'Headline of the article. Null while none is known.';
comment on column appearances.channel is 'feed, sitemap, section or closings.';
comment on column appearances.slot is 'Which feed, sitemap or section: its URL or label.';
comment on column appearances.from_at is 'First exchange that listed it, UTC.';
comment on column appearances.until_at is 'Last exchange that listed it before one that did not, UTC.';
comment on column appearances.exchanges is 'Exchanges that listed it.';
comment on column appearances.best_rank is 'Best position in the list, from 1.';

comment on view forecasts is
'Forecasts by town and day. Key: place, place_id, provider, method, issued_at, valid_date, period.';
comment on column forecasts.place is 'Name of the town; as printed where it is not configured.';
comment on column forecasts.state is 'US state, two letters. Null: not a configured town.';
comment on column forecasts.place_id is 'See dim_place. Null: not a configured town.';
comment on column forecasts.provider is 'Name of the source that published it.';
comment on column forecasts.method is 'panel, nws, or previous run (of a model).';
comment on column forecasts.issued_at is 'Panel: first page that showed the values. NWS: time of issue. UTC.';
comment on column forecasts.valid_date is 'Local day that it is for.';
comment on column forecasts.period is 'NWS name of the period, such as Tonight; "rest of day" for a panel.';
comment on column forecasts.high_f is 'Forecast high, degrees Fahrenheit. Null: not in this forecast.';
comment on column forecasts.low_f is 'Forecast low, degrees Fahrenheit. Null: not in this forecast.';
comment on column forecasts.precip_pct is 'Probability of precipitation, percent. Null: not in this forecast.';
comment on column forecasts.text is 'Forecast in words. Null for a panel.';

comment on view forecast_errors is
'Forecast highs and lows against local days observed as a whole; all columns up to kind are the key. '
'Key: place, state, provider, method, issued_at, valid_date, period, kind.';
comment on column forecast_errors.place is 'Name of the town.';
comment on column forecast_errors.state is 'US state, two letters.';
comment on column forecast_errors.provider is 'Name of the source that published the forecast.';
comment on column forecast_errors.method is 'panel, nws, or previous run (of a model).';
comment on column forecast_errors.issued_at is 'When it was issued, UTC.';
comment on column forecast_errors.valid_date is 'Local day that it is for.';
comment on column forecast_errors.lead_days is 'Local days from issue to that day; 0: issued on the day.';
comment on column forecast_errors.period is 'NWS name of the period, such as Tonight; "rest of day" for a panel.';
comment on column forecast_errors.kind is 'high or low.';
comment on column forecast_errors.forecast_f is 'Forecast, degrees Fahrenheit.';
comment on column forecast_errors.observed_f is 'Observed, degrees Fahrenheit.';
comment on column forecast_errors.error_f is 'Forecast minus observed, degrees Fahrenheit.';

comment on view alerts is
'Weather alerts by zone; town_alerts has them by town. Key: alert_id, zone.';
comment on column alerts.alert_id is 'Key, with zone. CAP identifier; a hash of the text where a page gives none.';
comment on column alerts.zone is 'Key, with alert_id. UGC code; empty where the text names none.';
comment on column alerts.event is 'Event, such as Winter Storm Warning.';
comment on column alerts.headline is 'Headline of the alert. Null where there is none.';
comment on column alerts.severity is 'CAP severity, such as Severe. Null where it is not given.';
comment on column alerts.area is 'Area in words. Null where it is not given.';
comment on column alerts.office is 'NWS office that issued it. Null where it is not given.';
comment on column alerts.sent_at is 'When it was sent, UTC. Null: unknown.';
comment on column alerts.onset_at is 'When the event is expected to begin, UTC. Null: unknown.';
comment on column alerts.ends_at is 'When the event is expected to end, UTC. Null: unknown.';
comment on column alerts.ended_at is 'When a later message replaced or canceled it, UTC. Null: none did.';
comment on column alerts.message_type is 'CAP message type: Alert or Update. Null where it is not given.';
comment on column alerts.first_seen_at is 'First exchange that showed it, UTC. Null: unknown.';

comment on view closings is
'Closings by organization and day. Key: source, organisation_id, effective_date, status.';
comment on column closings.source is 'Key, with the rest. Name of the source.';
comment on column closings.organization is 'Name of the organization.';
comment on column closings.effective_date is 'Local day that the closing is for. Null: the list gives none.';
comment on column closings.status is 'Status as printed, such as Closed.';
comment on column closings.first_seen_at is 'First request that found it listed, UTC.';
comment on column closings.last_seen_at is 'Last request that found it listed, UTC.';
comment on column closings.organisation_id is 'See dim_organisation.';

comment on view closings_polls is
'Requests of closings lists; only the state empty proves that nothing was closed. Key: source, polled_at.';
comment on column closings_polls.source is 'Key, with polled_at. Name of the source.';
comment on column closings_polls.polled_at is 'Key, with source. When it was requested, UTC.';
comment on column closings_polls.state is 'populated, empty, stale, broken, refused or unknown.';
comment on column closings_polls.updated_at is
'Timestamp that the list itself prints, UTC. Null: none, or the list was not read.';
comment on column closings_polls.organizations is 'Organizations on the list.';

comment on view source_days is
'Local days of a source: observed or not, and what came. No row: nothing was requested. Key: source, date.';
comment on column source_days.source is 'Key, with date. Name of the source.';
comment on column source_days.date is 'Key, with source. Local day of the source.';
comment on column source_days.observed is 'Whether a channel was read. If false, no articles means unknown, not none.';
comment on column source_days.channel_reads is
'Good responses from feeds, sitemaps and section pages, unchanged ones included.';
comment on column source_days.good_runs is
'Largest number of good responses from any one of them: a lower bound for complete runs.';
comment on column source_days.new_articles is 'Article pages fetched for the first time.';
comment on column source_days.changed_articles is 'Article pages fetched again with a changed body.';
comment on column source_days.refused is 'Exchanges with outcome refused.';
comment on column source_days.failed is 'Exchanges with outcome failed or unsafe.';

comment on view fetches is
'HTTP exchanges, and decisions not to make them, with the archive record of each. Key: fetch_id.';
comment on column fetches.source is 'Name of the source.';
comment on column fetches.url is 'Requested URL.';
comment on column fetches.requested_at is 'When the last request of the exchange was sent, UTC. Null: unknown.';
comment on column fetches.purpose is 'robots, feed, sitemap, section, article, closings, or a kind of weather product.';
comment on column fetches.outcome is 'new, changed, unchanged, gone, refused, unsafe, failed or skipped.';
comment on column fetches.status is 'HTTP status of the last response. Null where none was received.';
comment on column fetches.reason is 'What led to the outcome; of a new or changed one, what is wrong with its body.';
comment on column fetches.robots_rule is 'Line of robots.txt that decided. Null where none did.';
comment on column fetches.waited_ms is 'Time waited for the rate limit and between retries, milliseconds.';
comment on column fetches.elapsed_ms is 'Time from sending requests to the end of their responses, milliseconds.';
comment on column fetches.attempts is 'Requests made, retries included. 0: none was made.';
comment on column fetches.bytes is 'Size of the bodies as received, redirects included, bytes.';
comment on column fetches.media_type is 'Media type of the response. Null where none was received.';
comment on column fetches.final_url is 'URL after redirects. Null where there were none.';
comment on column fetches.warc_file is 'Archive file that holds it.';
comment on column fetches.warc_offset is 'Offset of its first record in that file, bytes.';
comment on column fetches.fetch_id is 'Key. See fact_fetch.';
