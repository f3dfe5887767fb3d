-- The tag that a renamed tag resolves to, per interval of local posting days between two renamings of one label.
-- reads: dim_tag, tag_alias
-- writes: alias_span
create or replace view alias_span as
select
    tag.tag_id, means.tag_id as means_tag_id, coalesce(alias.since_date, date '0001-01-01') as since_date,
    lead(alias.since_date, 1, date '9999-12-31') over (partition by tag.tag_id order by alias.since_date nulls first)
        as before_date
from tag_alias as alias
join dim_tag as tag on tag.folded = alias.alias_folded
join dim_tag as means on means.folded = alias.means_folded;
