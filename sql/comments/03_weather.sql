-- Weather, banners and closings: what each table and column holds. Temperatures are degrees Fahrenheit.

comment on table panel_reading is
'One row of a weather panel on one page. Panel observations and forecasts are computed from these rows. Key: '
'fetch_id, position.';
comment on column panel_reading.fetch_id is 'Key, with position. See fact_fetch.';
comment on column panel_reading.source_id is 'See dim_source.';
comment on column panel_reading.position is 'Key, with fetch_id. Row of the panel, from 1.';
comment on column panel_reading.place is 'Town as printed. Null where the page lost it.';
comment on column panel_reading.condition is 'Sky condition as printed. Null where the page lost it.';
comment on column panel_reading.temp_f is 'Temperature, degrees Fahrenheit.';
comment on column panel_reading.hi_f is 'Forecast high for the rest of the day, degrees Fahrenheit.';
comment on column panel_reading.lo_f is 'Forecast low for the rest of the day, degrees Fahrenheit.';
comment on column panel_reading.feels_like_f is 'Apparent temperature, degrees Fahrenheit.';
comment on column panel_reading.captured_at is
'When the page was requested, UTC. Null: unknown; such rows stay out of time series.';

comment on table fact_weather_observation is
'One interval of equal panel readings, or one NWS report. Key: place, place_id, provider, method, observed_at.';
comment on column fact_weather_observation.place_id is 'Town, see dim_place. Null: not a configured town.';
comment on column fact_weather_observation.place is
'Town as printed; #3 for the third row of a panel that lost its name. NWS: town, else station.';
comment on column fact_weather_observation.provider is 'Name of the source (panel) or id of the station.';
comment on column fact_weather_observation.method is 'panel, nws, or a method of weather_file, such as metar.';
comment on column fact_weather_observation.observed_at is
'Panel: first page that showed the reading. NWS: time of the report. UTC; null: unknown.';
comment on column fact_weather_observation.until_at is
'Last page that showed the reading before another; equals observed_at for NWS. UTC; null: unknown.';
comment on column fact_weather_observation.condition is 'Sky condition as printed. Null: not reported.';
comment on column fact_weather_observation.temp_f is 'Temperature, degrees Fahrenheit. Null: not reported.';
comment on column fact_weather_observation.feels_like_f is
'Apparent temperature, degrees Fahrenheit. NWS: heat index, else wind chill. Null: not reported.';
comment on column fact_weather_observation.dewpoint_f is 'Dew point, degrees Fahrenheit. Null: not reported.';
comment on column fact_weather_observation.wind_mph is 'Wind speed, miles per hour. Null: not reported.';
comment on column fact_weather_observation.gust_mph is 'Wind gust, miles per hour. Null: not reported.';
comment on column fact_weather_observation.humidity_pct is 'Relative humidity, percent. Null: not reported.';
comment on column fact_weather_observation.pressure_hpa is 'Barometric pressure, hectopascals. Null: not reported.';
comment on column fact_weather_observation.precip_in is
'Precipitation in the hour before the report, inches. Null: not reported.';
comment on column fact_weather_observation.page_count is 'Pages that showed the reading; 1 for NWS.';
comment on column fact_weather_observation.wind_deg is
'Direction the wind blows from, degrees clockwise from north. Null: not reported.';
comment on column fact_weather_observation.visibility_mi is 'Visibility, miles. Null: not reported.';
comment on column fact_weather_observation.read_at is
'NWS: request that the values come from, UTC. Null: a panel, or loaded before this was kept.';
comment on column fact_weather_observation.value_count is
'NWS: how many values the report had when it was read. Null: a panel.';

comment on table fact_weather_forecast is
'One forecast for one place and date. Key: place, place_id, provider, method, issued_at, valid_date, period.';
comment on column fact_weather_forecast.place_id is 'Town, see dim_place. Null: not a configured town.';
comment on column fact_weather_forecast.place is
'Town as printed; #3 for the third row of a panel that lost its name. NWS: '''' where it is not known.';
comment on column fact_weather_forecast.provider is 'Name of the source that published it.';
comment on column fact_weather_forecast.method is 'panel, nws, or previous run (of a model).';
comment on column fact_weather_forecast.issued_at is
'Panel: first page that showed the values. NWS: time of issue. UTC.';
comment on column fact_weather_forecast.valid_date is 'Local day that it is for.';
comment on column fact_weather_forecast.period is 'NWS name of the period, such as Tonight; "rest of day" for a panel.';
comment on column fact_weather_forecast.hi_f is 'Forecast high, degrees Fahrenheit. Null: not in this forecast.';
comment on column fact_weather_forecast.lo_f is 'Forecast low, degrees Fahrenheit. Null: not in this forecast.';
comment on column fact_weather_forecast.precip_pct is
'Probability of precipitation, percent. Null: not in this forecast.';
comment on column fact_weather_forecast.text is 'Forecast in words. Null for a panel.';

comment on table page_exchange is
'One page that could have shown banners and a forecast text. Their intervals are computed from these rows. Key: '
'fetch_id.';
comment on column page_exchange.fetch_id is 'Key. See fact_fetch.';
comment on column page_exchange.source_id is 'See dim_source.';
comment on column page_exchange.captured_at is 'When the page was requested, UTC. Null: unknown.';
comment on column page_exchange.forecast_hash is 'Forecast text on the page, see forecast_wording. Null: none.';

comment on table forecast_wording is 'One forecast text. Key: forecast_hash.';
comment on column forecast_wording.forecast_hash is 'Key. MD5 of the text in hexadecimal.';
comment on column forecast_wording.text is 'The text.';

comment on table banner_sighting is 'One banner on one page. Key: fetch_id, kind, text.';
comment on column banner_sighting.fetch_id is 'Key, with kind and text. See page_exchange.';
comment on column banner_sighting.kind is 'breaking, severe, closings or streaming.';
comment on column banner_sighting.text is 'Text of the banner.';

comment on table fact_forecast_text is
'One interval in which a source showed one forecast text. Key: source_id, text_hash, from_at.';
comment on column fact_forecast_text.source_id is 'Key, with text_hash and from_at. See dim_source.';
comment on column fact_forecast_text.text_hash is 'MD5 of the text in hexadecimal, see forecast_wording.';
comment on column fact_forecast_text.text is 'The text.';
comment on column fact_forecast_text.from_at is 'First page that showed it, UTC. Null: only pages of unknown time did.';
comment on column fact_forecast_text.until_at is
'Last page that showed it before one that did not, UTC. Null: only pages of unknown time did.';
comment on column fact_forecast_text.page_count is 'Pages that showed it.';

comment on table fact_banner is
'One interval in which a source showed one banner. Key: source_id, kind, text, from_at.';
comment on column fact_banner.source_id is 'Key, with kind, text and from_at. See dim_source.';
comment on column fact_banner.kind is 'breaking, severe, closings or streaming.';
comment on column fact_banner.text is 'Text of the banner.';
comment on column fact_banner.from_at is 'First page that showed it, UTC. Null: only pages of unknown time did.';
comment on column fact_banner.until_at is
'Last page that showed it before one that did not, UTC. Null: only pages of unknown time did.';
comment on column fact_banner.page_count is 'Pages that showed it.';

comment on table fact_alert is
'One weather alert for one zone, from NWS or from the text above a headline. Key: alert_id, zone.';
comment on column fact_alert.alert_id is 'Key, with zone. CAP identifier; a hash of the text where a page gives none.';
comment on column fact_alert.zone is 'Key, with alert_id. UGC code; '''' where the text names none.';
comment on column fact_alert.event is 'Event, such as Winter Storm Warning.';
comment on column fact_alert.headline is 'Headline of the alert. Null where there is none.';
comment on column fact_alert.severity is 'CAP severity, such as Severe. Null where it is not given.';
comment on column fact_alert.sent_at is 'When it was sent, UTC. Null: unknown.';
comment on column fact_alert.onset_at is 'When the event is expected to begin, UTC. Null: unknown.';
comment on column fact_alert.ends_at is 'When the event is expected to end, UTC. Null: unknown.';
comment on column fact_alert.area is 'Area in words. Null where it is not given.';
comment on column fact_alert.office is 'NWS office that issued it. Null where it is not given.';
comment on column fact_alert.first_seen_at is 'First exchange that showed it, UTC. Null: unknown.';
comment on column fact_alert.message_type is 'CAP message type: Alert or Update. Null where it is not given.';
comment on column fact_alert.status is 'CAP status: Actual; other messages are not loaded. Null where it is not given.';
comment on column fact_alert.ended_at is
'When a later message replaced or canceled it, UTC. Null: none did, it ran until ends_at.';

comment on table alert_reference is
'One alert message that replaces or cancels an earlier one. Key: alert_id, refers_to_id.';
comment on column alert_reference.alert_id is 'Key, with refers_to_id. CAP identifier of the later message.';
comment on column alert_reference.refers_to_id is
'Key, with alert_id. CAP identifier of the earlier message, see fact_alert.';
comment on column alert_reference.message_type is 'Update (it replaces the earlier one) or Cancel (it ends it).';
comment on column alert_reference.sent_at is 'When the later message was sent, UTC; if unknown, when first seen.';

comment on table fact_closing_poll is 'One request of a closings list. Key: source_id, polled_at.';
comment on column fact_closing_poll.source_id is 'Key, with polled_at. See dim_source.';
comment on column fact_closing_poll.polled_at is 'Key, with source_id. When it was requested, UTC.';
comment on column fact_closing_poll.state is
'populated, empty, stale, broken, refused, or unknown (unchanged, but never read before).';
comment on column fact_closing_poll.updated_at is
'The list''s own timestamp, UTC. Null: it printed none, or the list was not read.';
comment on column fact_closing_poll.rows is 'Organizations on the list.';
comment on column fact_closing_poll.fetch_id is 'The exchange, see fact_fetch.';
comment on column fact_closing_poll.read_fetch_id is
'Exchange that brought the text of the list: an earlier one if unchanged. Null: never read.';

comment on table closing_sighting is
'One organization on a closings list as read. Closings are computed from these rows. Key: all columns.';
comment on column closing_sighting.fetch_id is 'Exchange that brought the list, see fact_fetch.';
comment on column closing_sighting.organisation_id is 'See dim_organisation.';
comment on column closing_sighting.effective_date is 'Local day that the closing is for. Null: the list gives none.';
comment on column closing_sighting.status is 'Status as printed, such as Closed.';

comment on table fact_closing is
'One status of one organization for one day at one source. Key: source_id, organisation_id, effective_date, status.';
comment on column fact_closing.source_id is 'Key, with organisation_id, effective_date and status. See dim_source.';
comment on column fact_closing.organisation_id is 'See dim_organisation.';
comment on column fact_closing.effective_date is 'Local day that the closing is for. Null: the list gives none.';
comment on column fact_closing.status is 'Status as printed, such as Closed.';
comment on column fact_closing.first_seen_at is 'First request that found it listed, UTC.';
comment on column fact_closing.last_seen_at is 'Last request that found it listed, UTC.';
