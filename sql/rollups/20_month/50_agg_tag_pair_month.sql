-- Recomputes pairs of tags on one article for the months from the variable from_date to before_date. Each pair is
-- stored from both sides in order of the tag, so that all partners of one tag lie in few row groups.
-- reads: tag_pair_months(), variable before_date, variable from_date
-- writes: agg_tag_pair_month
delete from agg_tag_pair_month
where month_date >= getvariable('from_date') and month_date < getvariable('before_date');

insert into agg_tag_pair_month by name
with pair as materialized (
    select month_date, tag_id, other_tag_id, articles
    from tag_pair_months(getvariable('from_date'), getvariable('before_date'), null::text)
),

both_sides as (
    select month_date, tag_id, other_tag_id, articles from pair
    union all
    select month_date, other_tag_id, tag_id, articles from pair
)

select month_date, tag_id, other_tag_id, articles
from both_sides
order by month_date, tag_id, other_tag_id;
