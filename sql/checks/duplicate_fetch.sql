-- level: fail
-- One row an exchange.
select source_id, url, requested_at, purpose from fact_fetch group by all having count(*) > 1;
