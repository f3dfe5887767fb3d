-- Six warnings for the zone of alpha's town: one is in a banner, one in a headline, one in an article two days later, one of a
-- day that was not observed, one whose hours end after the last observed day, and one that starts half a minute after the time
-- of an article that names it. Only the third was not reported; an article on something else stands beside it.
insert into dim_place values (1, 'a-mo', 'Aburg', 'MO', null, 'America/Chicago', 39, -94, null);
insert into place_zone values (1, 'MOZ003');
update dim_source set place_key = 'a-mo' where source_id = 1;
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date <> date '2024-01-17'
from generate_series(date '2024-01-01', date '2024-01-20', interval 1 day) t(d);
insert into fact_alert (alert_id, zone, event, sent_at, ends_at)
select 'u' || day(d), 'MOZ003', 'Wind Advisory', d + interval 15 hour, d + interval 21 hour
from (values (timestamptz '2024-01-02 00:00:00+00'), (timestamptz '2024-01-06 00:00:00+00'),
(timestamptz '2024-01-10 00:00:00+00'), (timestamptz '2024-01-17 00:00:00+00'),
(timestamptz '2024-01-14 00:00:30+00'), (timestamptz '2024-01-20 00:00:00+00')) t(d);
insert into fact_banner values (1, 'severe', 'Wind Advisory', '2024-01-02 16:00:00+00', '2024-01-02 20:00:00+00', 3);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date, posted_at, posted_precision, title) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-01-06', timestamptz '2024-01-06 16:00:00+00', 'minute', 'A WIND ADVISORY today'),
(2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-01-12', timestamptz '2024-01-12 16:00:00+00', 'minute', 'After the wind advisory'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, date '2024-01-10', timestamptz '2024-01-10 16:00:00+00', 'minute', 'School board'),
(4, 1, 'd', 'http://alpha.test/d', [], 1, date '2024-01-14', timestamptz '2024-01-14 15:00:00+00', 'minute', 'Wind advisory');
