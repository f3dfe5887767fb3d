-- Rollups: what each table and column holds. Days and months are those posted, local to the source.

comment on table agg_article_day is
'Articles of one source and origin, by day posted. Key: source_id, posted_date, origin_kind.';
comment on column agg_article_day.source_id is 'Key, with posted_date and origin_kind. See dim_source.';
comment on column agg_article_day.posted_date is 'Key, with source_id and origin_kind. Local day posted.';
comment on column agg_article_day.origin_kind is
'Key, with source_id and posted_date. See fact_article; unknown where it is null there.';
comment on column agg_article_day.articles is 'Articles, every copy of a story counted.';
comment on column agg_article_day.stories is
'Stories, each counted once: at its first article. Sums over sources and days are exact.';

comment on table agg_tag_day is
'Articles of one source with one tag, by day posted; aliases applied. Key: source_id, tag_id, posted_date.';
comment on column agg_tag_day.source_id is 'Key, with tag_id and posted_date. See dim_source.';
comment on column agg_tag_day.tag_id is
'Key, with source_id and posted_date. The tag that the label means on that day, see dim_tag.';
comment on column agg_tag_day.posted_date is 'Key, with source_id and tag_id. Local day posted.';
comment on column agg_tag_day.articles is 'Articles with the tag.';
comment on column agg_tag_day.leaf_articles is 'Those in which no other tag of the article lies below the tag.';
comment on column agg_tag_day.local_articles is 'Those of leaf_articles that the source made itself (origin own).';
comment on column agg_tag_day.stories is 'Stories, each counted once: at the first article of any source with the tag.';
comment on column agg_tag_day.source_stories is
'Stories, each counted once per source: at the first article of this source with the tag.';

comment on table stale_month is
'One month whose rollups over all sources must be recomputed by the next refresh. Key: month_date.';
comment on column stale_month.month_date is 'Key. First day of the month.';

comment on table changed_month is
'One month whose rows loads have changed since the last commit to the lake. Key: month_date.';
comment on column changed_month.month_date is 'Key. First day of the month.';

comment on table lake_commit is
'The last commit of this warehouse to one lake. Deleted when rows changed outside of loads. Key: lake.';
comment on column lake_commit.lake is 'Key. The lake, as config names it.';
comment on column lake_commit.commits is 'Commits of this warehouse by then, as the lake counts them.';
comment on column lake_commit.migrations is 'Migrations of the schema by then.';
comment on column lake_commit.compared_at is 'When every month was last compared with the lake (UTC).';

comment on table agg_weather_day is
'Weather of one town by one provider, by local day. Key: place_id, date, provider, method.';
comment on column agg_weather_day.place_id is 'Key, with date, provider and method. See dim_place.';
comment on column agg_weather_day.date is 'Key, with place_id, provider and method. Local day of the town.';
comment on column agg_weather_day.provider is 'Name of the source (panel) or id of the station.';
comment on column agg_weather_day.method is 'panel, nws, or a method of weather_file, such as ghcn.';
comment on column agg_weather_day.observations is 'Distinct times observed.';
comment on column agg_weather_day.max_temp_f is
'Highest temperature observed, degrees Fahrenheit. Null: none reported.';
comment on column agg_weather_day.min_temp_f is 'Lowest temperature observed, degrees Fahrenheit. Null: none reported.';
comment on column agg_weather_day.max_feels_like_f is
'Highest apparent temperature, degrees Fahrenheit. Null: none reported.';
comment on column agg_weather_day.min_feels_like_f is
'Lowest apparent temperature, degrees Fahrenheit. Null: none reported.';
comment on column agg_weather_day.max_gust_mph is 'Strongest gust, miles per hour. Null: none reported.';
comment on column agg_weather_day.precip_in is
'Sum of the reported precipitation, inches. Null: none reported, which is not zero.';
comment on column agg_weather_day.conditions is
'Distinct sky conditions as printed, sorted; empty where none was reported.';

comment on table agg_template_day is
'Article pages by template and structure, for fill rates and redesigns. Key: source_id, template, fingerprint, date.';
comment on column agg_template_day.source_id is 'Key, with template, fingerprint and date. See dim_source.';
comment on column agg_template_day.template is 'Page template, see fact_article; '''' where it is null there.';
comment on column agg_template_day.fingerprint is
'Hash of the page''s outer structure, see fact_article; '''' where it is null there.';
comment on column agg_template_day.date is 'Local day of capture.';
comment on column agg_template_day.pages is 'Pages read.';
comment on column agg_template_day.with_title is 'Pages with a headline.';
comment on column agg_template_day.with_posted is 'Pages with a posted time.';
comment on column agg_template_day.with_authors is 'Pages with authors.';
comment on column agg_template_day.with_tags is 'Pages with tags.';
comment on column agg_template_day.with_body is 'Pages with body text.';
comment on column agg_template_day.with_summary is 'Pages with a summary.';

comment on table agg_day is 'All sources on one local day. Key: date.';
comment on column agg_day.date is 'Key. Local day.';
comment on column agg_day.sources is 'Sources with a row in fact_source_day, observed or not.';
comment on column agg_day.observed_sources is 'Those that were observed.';
comment on column agg_day.articles is 'Articles posted on the day.';
comment on column agg_day.observed_articles is 'Those of sources that were observed on the day.';
comment on column agg_day.tagging_sources is
'Those of observed_sources whose tags had not collapsed, see agg_untagged_day. Null until the next refresh.';
comment on column agg_day.tagging_articles is
'Those of articles whose source had tags on the day, see agg_untagged_day. Null until the next refresh.';
comment on column agg_day.tagged_articles is 'Those of articles that have tags. Null until the next refresh.';

comment on table agg_tag_coverage is
'Articles of one source and those of them with tags, by day posted. Key: source_id, date.';
comment on column agg_tag_coverage.source_id is 'Key, with date. See dim_source.';
comment on column agg_tag_coverage.date is 'Key, with source_id. Local day posted.';
comment on column agg_tag_coverage.articles is 'Articles posted on the day.';
comment on column agg_tag_coverage.tagged_articles is 'Those that have at least one tag.';

comment on table agg_untagged_day is
'Local days on which the tags of a source had collapsed: missing for topics, not zero. Key: source_id, date.';
comment on column agg_untagged_day.source_id is 'Key, with date. See dim_source.';
comment on column agg_untagged_day.date is 'Key, with source_id. Local day posted.';

comment on table agg_topic_day is
'Articles of all sources with one tag, by day posted; aliases applied. Key: tag_id, posted_date.';
comment on column agg_topic_day.posted_date is 'Key, with tag_id. Local day posted.';
comment on column agg_topic_day.tag_id is
'Key, with posted_date. The tag that the label means on that day, see dim_tag.';
comment on column agg_topic_day.articles is 'Articles with the tag.';
comment on column agg_topic_day.leaf_articles is 'Those in which no other tag of the article lies below the tag.';
comment on column agg_topic_day.stories is
'Stories, each counted once: at the first article of any source with the tag.';
comment on column agg_topic_day.observed_articles is 'Those of articles whose source was observed on the day.';
comment on column agg_topic_day.observed_leaf_articles is
'Those of leaf_articles whose source was observed on the day.';
comment on column agg_topic_day.observed_stories is 'Those of stories whose source was observed on the day.';

comment on table agg_topic_month is
'Articles of all sources with one tag, by month posted: sums of agg_topic_day. Key: tag_id, month_date.';
comment on column agg_topic_month.month_date is 'Key, with tag_id. First day of the month.';
comment on column agg_topic_month.tag_id is 'Key, with month_date. See agg_topic_day.';
comment on column agg_topic_month.articles is 'Articles with the tag.';
comment on column agg_topic_month.leaf_articles is 'Those in which no other tag of the article lies below the tag.';
comment on column agg_topic_month.stories is
'Stories, each counted once: at the first article of any source with the tag.';
comment on column agg_topic_month.observed_articles is 'Those of articles whose source was observed on the day posted.';
comment on column agg_topic_month.observed_leaf_articles is
'Those of leaf_articles whose source was observed on the day posted.';
comment on column agg_topic_month.observed_stories is 'Those of stories whose source was observed on the day posted.';

comment on table agg_tag_pair_month is
'Two tags on one article, by month posted, all sources; each pair is stored both ways round. Key: month_date, '
'tag_id, other_tag_id.';
comment on column agg_tag_pair_month.month_date is 'Key, with tag_id and other_tag_id. First day of the month.';
comment on column agg_tag_pair_month.tag_id is
'One tag, aliases applied, see dim_tag. Parent tags of an article are left out.';
comment on column agg_tag_pair_month.other_tag_id is 'The other tag. A tag and its ancestor are never a pair.';
comment on column agg_tag_pair_month.articles is 'Articles with both tags.';

comment on table agg_place_month is
'One town that a source wrote about in one month posted. Key: source_id, place_id, month_date.';
comment on column agg_place_month.source_id is 'Key, with place_id and month_date. See dim_source.';
comment on column agg_place_month.place_id is 'Key, with source_id and month_date. See dim_place.';
comment on column agg_place_month.month_date is 'Key, with source_id and place_id. First day of the month.';
comment on column agg_place_month.last_date is 'Last day posted in the month on which an article named the town.';

comment on table dim_word is
'A word of a headline, summary or stored body, as words_of() gives it. Key: word_id.';
comment on column dim_word.word_id is 'Key. Surrogate.';
comment on column dim_word.word is 'The word in lower case, accents folded, not stemmed. Unique.';

comment on table agg_word_month is
'Where a word stands in the articles of one month; read by newsvane search. Key: month_date, word_id.';
comment on column agg_word_month.month_date is
'Key, with word_id. First day of the month posted, else first seen; -infinity where neither is known.';
comment on column agg_word_month.word_id is 'Key, with month_date. See dim_word.';
comment on column agg_word_month.headline_positions is
'Ascending, article_id times 16384 plus the position: 1 to 511 in the headline, 513 to 1023 in the summary.';
comment on column agg_word_month.body_positions is
'The same for bodies of sources that store them, from 1025 to 16383; later words are not searched. Null: none.';

comment on table stale_word_month is 'One month whose words must be recomputed by the next refresh. Key: month_date.';
comment on column stale_word_month.month_date is 'Key. First day of the month, see agg_word_month.';
