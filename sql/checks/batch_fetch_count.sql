-- level: fail
-- A batch's exchanges are all there.
select batch.batch_id, batch.fetches, count(fact_fetch.fetch_id) as found
from batch
left join fact_fetch on fact_fetch.batch_id = batch.batch_id
group by batch.batch_id, batch.fetches
having count(fact_fetch.fetch_id) <> batch.fetches;
