-- Pairs of tags on articles posted from since_date until before before_date, of one source (null: all), the smaller key
-- first. Parents and pairs of a tag and its ancestor are left out: they always occur together.
-- reads: tag_pair_months()
-- writes: tag_pairs()
create or replace macro tag_pairs(since_date, before_date, source) as table
    select tag_id, other_tag_id, sum(articles)::integer as articles
    from tag_pair_months(since_date, before_date, source)
    group by all;
