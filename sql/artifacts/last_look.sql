-- grain: one row: the last local day that anybody looked, else the last day posted; null in an empty warehouse
select coalesce(
    (select max(date) from fact_source_day where observed),
    (select max(posted_date) from fact_article)
) as last_date
