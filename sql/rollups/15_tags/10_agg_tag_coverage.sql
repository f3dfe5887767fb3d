-- Recomputes articles and those with tags per source and day, for the months from the variable from_date to
-- before_date.
-- reads: fact_article, fact_article_tag, variable before_date, variable from_date
-- writes: agg_tag_coverage
delete from agg_tag_coverage
where date >= getvariable('from_date') and date < getvariable('before_date');

insert into agg_tag_coverage by name
with posted as materialized (
    select article_id, source_id, posted_date
    from fact_article
    where
        posted_date >= getvariable('from_date')
        and posted_date < getvariable('before_date')
),

tagged as (
    select article_id
    from fact_article_tag
    where article_id >= (select coalesce(min(article_id), 9223372036854775807) from posted)
)

select
    source_id, posted_date as date, count(*)::integer as articles,
    count(*) filter (article_id in (select article_id from tagged))::integer as tagged_articles
from posted
group by source_id, posted_date
order by date, source_id;
