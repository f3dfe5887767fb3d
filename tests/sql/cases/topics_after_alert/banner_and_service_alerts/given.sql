insert into dim_place values
(1, 'a-mo', 'Aburg', 'MO', null, 'America/Chicago', 39, -94, null), (2, 'b-mo', 'Bville', 'MO', null, 'America/Chicago', 39, -95, null),
(3, 'c-mo', 'Ceton', 'MO', null, 'America/Chicago', 40, -94, null), (4, 'a-ks', 'Aburg', 'KS', null, 'America/Chicago', 39, -96, null);
update dim_source set place_key = 'a-mo' where source_id = 1;
-- Two winter alerts at alpha: from the banner (interrupted, but one alert) and from the weather service for its zone, with
-- an update that goes on with it. Snow follows both within 12 hours, the first by the renamed tag only; schools do not
-- change. Alerts of other zones do not apply, nor an update whose first message is not known.
insert into place_zone values (1, 'MOZ003'), (1, 'MOC021');
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-01-20', interval 1 day) t(d);
insert into fact_banner values
(1, 'severe', 'Winter Storm Warning - Wind Chill Advisory', '2024-01-05 12:00:00+00', '2024-01-05 15:00:00+00', 3),
(1, 'severe', 'Winter Storm Warning', '2024-01-05 17:00:00+00', '2024-01-05 20:00:00+00', 3),
(1, 'breaking', 'Winter Storm Warning', '2024-01-07 17:00:00+00', '2024-01-07 20:00:00+00', 3);
insert into fact_alert (alert_id, zone, event, headline, severity, sent_at, onset_at, ends_at, area, office, first_seen_at) values
('u1', 'MOZ003', 'Winter Storm Warning', null, null, '2024-01-12 12:00:00+00', null, '2024-01-12 18:00:00+00', null, null, null),
('u1', 'MOC021', 'Winter Storm Warning', null, null, '2024-01-12 12:00:00+00', null, '2024-01-12 18:00:00+00', null, null, null),
('u3', 'MOZ003', 'Winter Storm Warning', null, null, '2024-01-12 15:00:00+00', null, '2024-01-12 23:00:00+00', null, null, null),
('u4', 'MOZ003', 'Winter Storm Warning', null, null, '2024-01-18 12:00:00+00', null, '2024-01-18 18:00:00+00', null, null, null),
('u5', 'MOZ004', 'Winter Storm Warning', null, null, '2024-01-09 12:00:00+00', null, '2024-01-09 18:00:00+00', null, null, null),
('u2', 'KSZ004', 'Winter Storm Warning', null, null, '2024-01-15 12:00:00+00', null, '2024-01-15 18:00:00+00', null, null, null);
update fact_alert set ended_at = '2024-01-12 15:00:00+00' where alert_id = 'u1';
insert into alert_reference values ('u3', 'u1', 'Update', '2024-01-12 15:00:00+00'), ('u4', 'u0', 'Update', '2024-01-18 12:00:00+00');
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date, posted_at, posted_precision)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, date '2024-01-01' + (n // 4)::integer,
timestamptz '2024-01-01 13:00:00+00' + to_hours((24 * (n // 4) + n % 4)::integer), if(n = 1, 'day', 'minute') from range(0, 80) t(n);
insert into tag_alias values ('floods', 'snow', date '2024-01-01', 'test');
insert into fact_article_tag
select article_id, 3, 'jsonld', 1, 'Schools', false from fact_article where article_id % 4 = 0
union all select article_id, 6, 'jsonld', 1, 'Floods', false from fact_article where posted_date = date '2024-01-05' and article_id % 4 in (1, 2)
union all select article_id, 1, 'jsonld', 1, 'Snow', false from fact_article where posted_date = date '2024-01-12' and article_id % 4 = 3
union all select article_id, 4, 'jsonld', 1, 'Weather', true from fact_article where posted_date = date '2024-01-12';
