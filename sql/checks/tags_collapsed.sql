-- Finds sources whose tags had collapsed on the last three days with articles: the pages changed, or the parser no
-- longer finds their tags. Topics of such days are missing.
-- level: warn
-- reads: agg_tag_coverage, agg_untagged_day
with last_days as (
    select source_id, date, articles, tagged_articles
    from agg_tag_coverage
    qualify row_number() over (partition by source_id order by date desc) <= 3
)

select
    last_days.source_id, round(sum(last_days.tagged_articles) / sum(last_days.articles), 3) as tag_share,
    sum(last_days.articles)::bigint as articles, min(last_days.date) as since_date
from last_days
join agg_untagged_day as untagged on untagged.source_id = last_days.source_id and untagged.date = last_days.date
group by last_days.source_id
having count(*) = 3;
