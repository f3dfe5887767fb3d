-- Recomputes pairs of tags on one article for the month that starts on the variable month_date. Each pair is stored
-- from both sides in order of the tag, so that all partners of one tag lie in few row groups.
-- reads: tag_pairs(), variable month_date
-- writes: agg_tag_pair_month
delete from agg_tag_pair_month where month_date = getvariable('month_date');

insert into agg_tag_pair_month by name
with pair as materialized (
    select tag_id, other_tag_id, articles
    from tag_pairs(getvariable('month_date'), (getvariable('month_date') + interval 1 month)::date, null::text)
),

both_sides as (
    select tag_id, other_tag_id, articles from pair
    union all
    select other_tag_id, tag_id, articles from pair
)

select getvariable('month_date') as month_date, tag_id, other_tag_id, articles
from both_sides
order by tag_id, other_tag_id;
