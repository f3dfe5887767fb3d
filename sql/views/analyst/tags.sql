-- One row per topic that publishers' tags name, with how much there is of it.
-- reads: agg_tag_day, dim_tag
-- writes: tags
create or replace view tags as
select
    tag.tag_id, tag.label as tag, tag.facet, sum(day.articles)::bigint as articles,
    count(distinct day.source_id) as sources, min(day.posted_date) as first_posted_date,
    max(day.posted_date) as last_posted_date
from agg_tag_day as day
join dim_tag as tag on tag.tag_id = day.tag_id
group by tag.tag_id, tag.label, tag.facet;
