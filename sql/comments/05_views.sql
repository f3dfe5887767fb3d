-- Views: what each view and column holds. Times ending in _at are UTC; dates are local to the source.

comment on view articles is
'Articles for analysts: current state, source and times, without body text. Key: article_id.';
comment on column articles.article_id is 'Key. See fact_article. A rebuild may renumber.';
comment on column articles.source is 'Name of the source.';
comment on column articles.native_id is 'The site system''s id of the article. Null where the page has none.';
comment on column articles.url is 'URL of the page that the current state was read from.';
comment on column articles.title is 'Headline. Null where the page has none.';
comment on column articles.summary is 'Summary or description. Null where the page has none.';
comment on column articles.authors is 'Authors in the order of the byline; empty where there are none.';
comment on column articles.section is 'Section as the publisher names it. Null where the page names none.';
comment on column articles.publisher is
'Publisher as the page names it, not always the source. Null where it names none.';
comment on column articles.alternative_headline is
'Another headline that the page states, often for search engines. Null where none differs.';
comment on column articles.image_url is 'URL of the lead image. Null where the page states none.';
comment on column articles.video_url is 'URL of the article''s video or its player. Null where the page states none.';
comment on column articles.is_free is
'Whether the article is free to read; false also behind a metered paywall. Null where the page does not say.';
comment on column articles.posted_at is
'Posted according to the publisher, UTC. Null where the time zone or the time of day is unknown.';
comment on column articles.posted_date is 'Local day posted: the day that trends count by. Null: unknown.';
comment on column articles.posted_zone_basis is
'Where the time zone comes from: explicit (on the page), source_zone or unknown.';
comment on column articles.updated_at is
'Updated according to the publisher, UTC. Null where never updated, or the instant is unknown.';
comment on column articles.first_seen_at is
'First exchange that returned the article, UTC. Null: only records without a date did.';
comment on column articles.last_seen_at is
'Last exchange that returned it or found it unchanged, UTC. Null: only records without a date did.';
comment on column articles.gone_at is 'First 404 or 410 after last_seen_at, UTC. Null: not gone.';
comment on column articles.revisions is 'Number of its revisions, see fact_article_revision.';
comment on column articles.origin_kind is
'Who made the story: own, sister, owner, network, wire, press_release, nws, sponsored or unknown.';
comment on column articles.origin_service is 'The wire service, station or agency named. Null where none is.';
comment on column articles.word_count is 'Words in the body.';
comment on column articles.lang is
'Language that the page declares, such as en or en-us, else guessed from the text. Null: unknown.';
comment on column articles.template is 'Page template, such as blox-2021; generic where it is not known.';
comment on column articles.warc_file is
'Archive file that the current state was read from, relative to the data folder.';
comment on column articles.warc_offset is 'Byte offset of the record in warc_file.';

comment on view article_topics is
'Topics of articles by the way they were found; trends count publisher by default. Key: article_id, tag_id, method.';
comment on column article_topics.article_id is 'Key, with tag_id and method. See fact_article.';
comment on column article_topics.source_id is 'See dim_source.';
comment on column article_topics.source is 'Name of the source.';
comment on column article_topics.posted_date is 'Local day posted. Null: unknown.';
comment on column article_topics.first_seen_date is 'Local day first seen. Null: unknown.';
comment on column article_topics.tag_id is 'Key, with article_id and method. See dim_tag.';
comment on column article_topics.tag is 'Label of the topic for display.';
comment on column article_topics.method is
'Key: publisher (its tags), story (tags of other copies, for an article without any) or rules (config/topics.toml).';
comment on column article_topics.is_parent is 'Whether another tag of the article lies below it.';
comment on column article_topics.evidence is
'How many copies have the tag, or a phrase or pattern that was found. Null for publisher.';

comment on view article_tags is
'Tags of articles in their current state, aliases applied on the day posted, else first seen. Key: article_id, '
'tag_id.';
comment on column article_tags.article_id is 'Key, with tag_id. See fact_article.';
comment on column article_tags.source_id is 'See dim_source.';
comment on column article_tags.source is 'Name of the source.';
comment on column article_tags.posted_date is 'Local day posted. Null: unknown.';
comment on column article_tags.first_seen_date is 'Local day first seen. Null: unknown.';
comment on column article_tags.origin_kind is 'Who made the story, see fact_article.';
comment on column article_tags.tag_id is 'Key, with article_id. The tag that the label means on that day, see dim_tag.';
comment on column article_tags.folded is 'Normalized label of the tag.';
comment on column article_tags.tag is 'Label of the tag for display.';
comment on column article_tags.facet is 'Facet of the tag. Null where config gives none.';
comment on column article_tags.is_parent is 'Whether another tag of the article lies below it.';

comment on view alias_span is
'The days on which a label means another tag, until its next alias begins. Key: tag_id, since_date.';
comment on column alias_span.tag_id is 'Key, with since_date. The renamed tag, see dim_tag.';
comment on column alias_span.means_tag_id is 'The tag that it means, see dim_tag.';
comment on column alias_span.since_date is 'First local day of posting. 0001-01-01: always.';
comment on column alias_span.before_date is 'Day on which the next alias of the label begins. 9999-12-31: none does.';

comment on view town_distance is 'Distance between two towns, both ways round. Key: place_id, other_place_id.';
comment on column town_distance.place_id is 'Key, with other_place_id. See dim_place.';
comment on column town_distance.other_place_id is 'Key, with place_id. See dim_place.';
comment on column town_distance.miles is 'Great-circle distance, miles.';

comment on view observations is
'Weather observations of known time: intervals of equal panel readings, and NWS reports.';
comment on column observations.place is 'Name of the town. Null: not a configured town.';
comment on column observations.state is 'US state, two letters. Null: not a configured town.';
comment on column observations.provider is 'Name of the source (panel) or NWS station id.';
comment on column observations.method is 'panel or nws.';
comment on column observations.observed_at is
'Panel: first page that showed the reading. NWS: time of the report. UTC.';
comment on column observations.until_at is
'Last page that showed the reading before another; equals observed_at for NWS. UTC.';
comment on column observations.condition is 'Sky condition as printed. Null: not reported.';
comment on column observations.temp_f is 'Temperature, degrees Fahrenheit. Null: not reported.';
comment on column observations.feels_like_f is 'Apparent temperature, degrees Fahrenheit. Null: not reported.';
comment on column observations.wind_mph is 'Wind speed, miles per hour. Null: not reported.';
comment on column observations.wind_deg is
'Direction the wind blows from, degrees clockwise from north. Null: not reported.';
comment on column observations.humidity_pct is 'Relative humidity, percent. Null: not reported.';
comment on column observations.visibility_mi is 'Visibility, miles. Null: not reported.';
comment on column observations.precip_in is 'Precipitation in the hour before the report, inches. Null: not reported.';
comment on column observations.page_count is 'Pages that showed the reading; 1 for NWS.';
