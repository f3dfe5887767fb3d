-- level: fail
-- One row an article: source and key together.
select source_id, article_key from fact_article group by all having count(*) > 1;
