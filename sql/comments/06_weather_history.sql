-- Weather history: what each table and column holds. Temperatures are degrees Fahrenheit, amounts inches.

comment on column fact_weather_observation.kind is
'routine (hourly), special, five_minute or model, for weather history. Null: a panel or the NWS API.';
comment on column fact_weather_observation.is_precip_trace is
'Whether a trace fell: too little to measure, precip_in is 0 then. Null: not known to the method.';
comment on column fact_weather_observation.snow_in is 'Snow that fell in the hour before, inches. Null: not reported.';
comment on column fact_weather_observation.snow_depth_in is 'Snow on the ground, inches. Null: not reported.';

comment on column agg_weather_day.is_precip_trace is
'Whether a trace of rain was reported, also beside measured rain. Null: not known to the method.';
comment on column agg_weather_day.snow_in is 'Snow that fell, inches. Null: not reported.';
comment on column agg_weather_day.snow_depth_in is
'Snow on the ground, inches, the deepest reported. Null: not reported.';

comment on table weather_file is
'One file or response of weather history, also one that could not be read. Key: fetch_id.';
comment on column weather_file.fetch_id is 'Key. See fact_fetch, which has its archive record.';
comment on column weather_file.format is 'Format, such as metar table or ghcn dly. Null: not one that is read.';
comment on column weather_file.provider is 'Who made it, such as NOAA NCEI. Null with format.';
comment on column weather_file.method is
'How its values came about: metar, ghcn, cli, cf6, coop, shef, summary, reanalysis, previous run, vtec, storm events '
'or station list. Null with format.';
comment on column weather_file.rows is 'Data rows met.';
comment on column weather_file.kept is 'Records read from them; a row can hold many, or a part of one.';

comment on table weather_file_problem is
'What one file of weather history has that could not be read, or is not stored. Key: fetch_id, problem.';
comment on column weather_file_problem.fetch_id is 'Key, with problem. See weather_file.';
comment on column weather_file_problem.problem is 'Key, with fetch_id. What is wrong, or which column is not stored.';
comment on column weather_file_problem.rows is 'How often it was met.';
comment on column weather_file_problem.line is
'Line of the file that first has it, from 1; 0 where there are no lines.';
comment on column weather_file_problem.sample is 'That line or cell, shortened.';

comment on table dim_station is
'Position of a weather station according to one list, from one day on. Key: station, listed_in, from_date.';
comment on column dim_station.station is 'Key, with listed_in and from_date. Id, such as KSTJ or USW00013993.';
comment on column dim_station.listed_in is 'Key, with station and from_date. The list: mesonet, ghcn or meteostat.';
comment on column dim_station.lat is 'Latitude, degrees north.';
comment on column dim_station.lon is 'Longitude, degrees east.';
comment on column dim_station.elevation_ft is 'Elevation, feet. Null: unknown.';
comment on column dim_station.name is 'Name. Null: not given.';
comment on column dim_station.state is 'State. Null: not given.';
comment on column dim_station.from_date is
'Key, with station and listed_in. First day at this position, or of its archive. Null: not given.';
comment on column dim_station.until_date is 'Last day of its archive. Null: not given, or still observing.';

comment on column dim_station.ghcn_id is 'Id by which GHCN-Daily knows the station, says the list. Null: not given.';

comment on table place_station is 'Station whose history was loaded for a town. Key: place_id, station.';
comment on column place_station.place_id is 'Key, with station. See dim_place.';
comment on column place_station.station is 'Key, with place_id. Id of the station, see dim_station.';

comment on table place_zone is 'NWS zone or county that a town lies in. Key: place_id, zone.';
comment on column place_zone.place_id is 'Key, with zone. See dim_place.';
comment on column place_zone.zone is 'Key, with place_id. UGC code, such as MOZ020 or MOC021.';

comment on table fact_station_day is
'One day of one station as its observers sum it up. Key: station, date, method.';
comment on column fact_station_day.station is 'Key, with date and method. Id of the station.';
comment on column fact_station_day.date is
'Key, with station and method. The station''s own observing day, which can end in the morning.';
comment on column fact_station_day.method is 'Key, with station and date. See weather_file.';
comment on column fact_station_day.max_temp_f is 'Highest temperature, degrees Fahrenheit. Null: not reported.';
comment on column fact_station_day.min_temp_f is 'Lowest temperature, degrees Fahrenheit. Null: not reported.';
comment on column fact_station_day.mean_temp_f is 'Mean temperature, degrees Fahrenheit. Null: not reported.';
comment on column fact_station_day.max_feels_like_f is
'Highest apparent temperature, degrees Fahrenheit. Null: not reported.';
comment on column fact_station_day.min_feels_like_f is
'Lowest apparent temperature, degrees Fahrenheit. Null: not reported.';
comment on column fact_station_day.precip_in is
'Precipitation, inches; 0 for a trace, see traces. Null: missing, or it failed a quality check.';
comment on column fact_station_day.snow_in is 'Snow that fell, inches; 0 for a trace. Null: not reported.';
comment on column fact_station_day.snow_depth_in is 'Snow on the ground, inches; 0 for a trace. Null: not reported.';
comment on column fact_station_day.mean_wind_mph is 'Mean wind speed, miles per hour. Null: not reported.';
comment on column fact_station_day.max_wind_mph is
'Strongest wind of one or two minutes, miles per hour. Null: not reported.';
comment on column fact_station_day.max_gust_mph is 'Strongest gust, miles per hour. Null: not reported.';
comment on column fact_station_day.conditions is 'Weather types seen, in words, sorted.';
comment on column fact_station_day.traces is 'Columns of which a trace was reported.';
comment on column fact_station_day.ends_local is 'Local time (HHMM) at which the day ended. Null: not given.';
comment on column fact_station_day.read_at is 'When it was fetched or given, UTC.';

comment on table fact_storm_event is 'One event of the NCEI Storm Events database. Key: event_id.';
comment on column fact_storm_event.event_id is 'Key. The database''s own id.';
comment on column fact_storm_event.event is 'Event, such as Hail.';
comment on column fact_storm_event.state is 'Postal code of the state; its name where it has none.';
comment on column fact_storm_event.zone is 'UGC code of the county or zone. Null: not known.';
comment on column fact_storm_event.area is 'County or zone in words. Null: not given.';
comment on column fact_storm_event.begin_date is 'Local day on which it began.';
comment on column fact_storm_event.begin_at is 'When it began, UTC. Null: the time zone is not known.';
comment on column fact_storm_event.end_at is 'When it ended, UTC. Null: not given, or the time zone is not known.';
comment on column fact_storm_event.office is 'NWS office. Null: not given.';
comment on column fact_storm_event.magnitude is 'Wind speed or size of hail, in magnitude_unit. Null: unknown.';
comment on column fact_storm_event.magnitude_unit is 'mph or inch. Null with magnitude.';
comment on column fact_storm_event.magnitude_type is 'EG or ES (estimated), MG or MS (measured). Null: not given.';
comment on column fact_storm_event.tornado_scale is 'Fujita scale, such as EF1. Null: no tornado, or not given.';
comment on column fact_storm_event.injuries is 'People injured, directly or not. Null: not given.';
comment on column fact_storm_event.deaths is 'People killed, directly or not. Null: not given.';
comment on column fact_storm_event.damage_usd is 'Damage to property, US dollars of the time. Null: not given.';
comment on column fact_storm_event.crop_damage_usd is 'Damage to crops, US dollars of the time. Null: not given.';
comment on column fact_storm_event.lat is 'Latitude where it began. Null: not given.';
comment on column fact_storm_event.lon is 'Longitude where it began. Null: not given.';
comment on column fact_storm_event.narrative is 'What happened, in words. Null: not given.';
comment on column fact_storm_event.read_at is 'When it was fetched or given, UTC.';

comment on table agg_weather_normal is
'What is usual at one station near one day of the year: all its days within seven days of it, of ten years or more. '
'Key: place_id, provider, method, month, day.';
comment on column agg_weather_normal.place_id is 'Key, with provider, method, month and day. See dim_place.';
comment on column agg_weather_normal.provider is 'Key. Id of the station.';
comment on column agg_weather_normal.method is 'Key. How its days came about, see weather_file.';
comment on column agg_weather_normal.month is 'Key, with day. Month of the year.';
comment on column agg_weather_normal.day is 'Key, with month. Day of the month; February 29 is as February 28.';
comment on column agg_weather_normal.years is 'Years with a day near it.';
comment on column agg_weather_normal.low_f is 'Mean of the lowest temperatures, degrees Fahrenheit.';
comment on column agg_weather_normal.high_f is 'Mean of the highest temperatures, degrees Fahrenheit.';
comment on column agg_weather_normal.lows is 'The lowest temperatures of those days, sorted.';
comment on column agg_weather_normal.highs is 'The highest temperatures of those days, sorted.';

comment on view place_stations is
'Weather stations near each town, within 60 miles or loaded for it. Key: place_id, station, from_date.';
comment on column place_stations.place_id is 'Key, with station and from_date. See dim_place.';
comment on column place_stations.place is 'Name of the town.';
comment on column place_stations.state is 'State of the town.';
comment on column place_stations.station is 'Key, with place_id and from_date. Id of the station.';
comment on column place_stations.name is 'Name of the station. Null: no list has it.';
comment on column place_stations.miles is 'Great-circle miles from the town. Null: no list has its position.';
comment on column place_stations.elevation_ft is 'Elevation, feet. Null: unknown.';
comment on column place_stations.listed_in is 'List that gives the position. Null: none does.';
comment on column place_stations.from_date is 'First day at this position, or of its archive. Null: not given.';
comment on column place_stations.until_date is 'Last day of it. Null: not given, or still observing.';
comment on column place_stations.first_date is 'First local day loaded. Null: none.';
comment on column place_stations.last_date is 'Last local day loaded. Null: none.';
comment on column place_stations.days is 'Local days loaded.';
comment on column place_stations.methods is 'Methods of the days loaded.';

comment on view weather_by_day is
'Weather of each town on each local day, with what is normal on that day of the year. Key: place_id, date.';
comment on column weather_by_day.place_id is 'Key, with date. See dim_place.';
comment on column weather_by_day.place is 'Name of the town.';
comment on column weather_by_day.state is 'State of the town.';
comment on column weather_by_day.date is 'Key, with place_id. Local day.';
comment on column weather_by_day.provider is 'Station, or source of a panel, that the temperatures are of.';
comment on column weather_by_day.method is 'How they came about: panel, nws, or a method of weather_file.';
comment on column weather_by_day.station_miles is 'Miles from the town to the station. Null: position unknown.';
comment on column weather_by_day.observations is 'Times observed on that day; 1 for a sum of the day.';
comment on column weather_by_day.is_whole is
'Whether the day is covered: by an observer''s sum, or by 18 observations or more. Else highs and lows are too tame.';
comment on column weather_by_day.low_f is 'Lowest temperature, degrees Fahrenheit. Null: not reported.';
comment on column weather_by_day.high_f is 'Highest temperature, degrees Fahrenheit. Null: not reported.';
comment on column weather_by_day.min_feels_like_f is
'Lowest apparent temperature, degrees Fahrenheit, of the best station that has it. Null: none has.';
comment on column weather_by_day.max_feels_like_f is
'Highest apparent temperature, degrees Fahrenheit, of the best station that has it. Null: none has.';
comment on column weather_by_day.max_gust_mph is
'Strongest gust, miles per hour, of the best station that has it. Null: none has.';
comment on column weather_by_day.precip_in is 'Precipitation, inches, of the best station that has it. Null: none has.';
comment on column weather_by_day.is_precip_trace is 'Whether it reported a trace. Null with precip_in.';
comment on column weather_by_day.snow_in is 'Snow that fell, inches, of the best station that has it. Null: none has.';
comment on column weather_by_day.snow_depth_in is
'Snow on the ground, inches, of the best station that has it. Null: none has.';
comment on column weather_by_day.conditions is 'Sky and weather of all its stations, in words, sorted.';
comment on column weather_by_day.normal_low_f is
'Usual low near that day of the year, degrees Fahrenheit. Null: no station has ten years.';
comment on column weather_by_day.normal_high_f is
'Usual high near that day of the year, degrees Fahrenheit. Null: no station has ten years.';
comment on column weather_by_day.low_percentile is
'Percent of days near that day of the year, in all years known, that had a lower low; 5 is cold for here and now.';
comment on column weather_by_day.high_percentile is
'Percent of days near that day of the year, in all years known, that had a lower high; 95 is hot for here and now.';
comment on column weather_by_day.normal_years is 'Years that the normal rests on. Null: no station has ten.';
comment on column weather_by_day.normal_provider is
'Station that the normal is of: the day''s own where it has ten years, else the nearest that has.';
comment on column weather_by_day.normal_method is 'Method of the days that the normal is of.';

comment on view town_alerts is
'Alerts for the zones and counties that each town lies in. Key: place_id, alert_id.';
comment on column town_alerts.place_id is 'Key, with alert_id. See dim_place.';
comment on column town_alerts.place is 'Name of the town.';
comment on column town_alerts.state is 'State of the town.';
comment on column town_alerts.alert_id is 'Key, with place_id. See fact_alert.';
comment on column town_alerts.event is 'Event, such as Winter Storm Warning.';
comment on column town_alerts.headline is 'Headline. Null: none given.';
comment on column town_alerts.severity is 'Severity. Null: not given.';
comment on column town_alerts.office is 'NWS office that issued it. Null: not given.';
comment on column town_alerts.sent_at is 'When it was sent, UTC. Null: unknown.';
comment on column town_alerts.from_at is 'When the event was expected to begin, else when it was sent, UTC.';
comment on column town_alerts.until_at is 'When it really ended: canceled, replaced or expired, UTC. Null: unknown.';
comment on column town_alerts.is_ended_early is 'Whether it was canceled or replaced before its time.';
comment on column town_alerts.zones is 'Its zones that the town lies in.';

comment on view town_storms is 'Storm events in the county or zone of each town. Key: place_id, event_id.';
comment on column town_storms.place_id is 'Key, with event_id. See dim_place.';
comment on column town_storms.place is 'Name of the town.';
comment on column town_storms.state is 'State of the town.';
comment on column town_storms.event_id is 'Key, with place_id. See fact_storm_event.';
comment on column town_storms.event is 'Event, such as Hail.';
comment on column town_storms.begin_date is 'Local day on which it began.';
comment on column town_storms.begin_at is 'When it began, UTC. Null: the time zone is not known.';
comment on column town_storms.end_at is 'When it ended, UTC. Null: unknown.';
comment on column town_storms.magnitude is 'Wind speed or size of hail, in magnitude_unit. Null: unknown.';
comment on column town_storms.magnitude_unit is 'mph or inch. Null with magnitude.';
comment on column town_storms.injuries is 'People injured. Null: not given.';
comment on column town_storms.deaths is 'People killed. Null: not given.';
comment on column town_storms.damage_usd is 'Damage to property, US dollars of the time. Null: not given.';
comment on column town_storms.area is 'County or zone in words. Null: not given.';
comment on column town_storms.zone is 'UGC code of the county or zone. Null: not known.';
comment on column town_storms.narrative is 'What happened, in words. Null: not given.';
