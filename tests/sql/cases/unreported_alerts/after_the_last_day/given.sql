-- Two alerts of the last day: an article names one of them on the fourth day after it, which is within 96 hours.
insert into dim_place values (1, 'a-mo', 'Aburg', 'MO', null, 'America/Chicago', 39, -94, null);
insert into place_zone values (1, 'MOZ003');
update dim_source set place_key = 'a-mo' where source_id = 1;
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-01-20', interval 1 day) t(d);
insert into fact_alert (alert_id, zone, event, sent_at, ends_at) values
('u1', 'MOZ003', 'Wind Advisory', '2024-01-10 15:00:00+00', '2024-01-10 21:00:00+00'),
('u2', 'MOZ003', 'Flood Watch', '2024-01-10 15:00:00+00', '2024-01-10 21:00:00+00');
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date, posted_at, posted_precision, title) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-01-14', timestamptz '2024-01-14 14:00:00+00', 'minute', 'After the wind advisory');
