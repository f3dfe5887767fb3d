-- Counts over all sources: those of the writers added.
-- reads: agg_tag_pair_month
-- writes: agg_tag_pair_month
create view agg_tag_pair_month as
select
    month_date, tag_id, other_tag_id,
    sum(articles)::integer as articles
from lake.agg_tag_pair_month
group by month_date, tag_id, other_tag_id;
