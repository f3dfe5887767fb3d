-- The rows of topic_rule, which has no month.
-- reads: topic_rule
select 'all' as lake_month, own.* from topic_rule as own
