-- Returns the last observed local day, else the last day posted; null in an empty warehouse.
-- grain: one row
-- reads: fact_article, fact_source_day
select
    coalesce(
        (select max(date) from fact_source_day where observed),
        (select max(posted_date) from fact_article)
    ) as last_date
