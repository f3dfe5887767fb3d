-- Weather history from files and services: station reports, station days, storm events, and where stations stand.

alter table fact_weather_observation add column kind text;
alter table fact_weather_observation add column is_precip_trace boolean;
alter table fact_weather_observation add column snow_in double;
alter table fact_weather_observation add column snow_depth_in double;

alter table agg_weather_day add column is_precip_trace boolean;
alter table agg_weather_day add column snow_in double;
alter table agg_weather_day add column snow_depth_in double;

-- grain: one file or response of weather history
create table weather_file (
    fetch_id bigint not null,
    format text,
    provider text,
    method text,
    rows bigint not null,
    kept bigint not null
);

-- grain: one file x one kind of problem
create table weather_file_problem (
    fetch_id bigint not null,
    problem text not null,
    rows bigint not null,
    line bigint not null,
    sample text not null
);

-- grain: one station x list x position
create table dim_station (
    station text not null,
    listed_in text not null,
    lat double not null,
    lon double not null,
    elevation_ft double,
    name text,
    state text,
    from_date date,
    until_date date,
    ghcn_id text
);

-- grain: one place x station whose history was loaded for it
create table place_station (
    place_id integer not null,
    station text not null,
    primary key (place_id, station)
);

-- grain: one place x UGC zone or county that it lies in
create table place_zone (
    place_id integer not null,
    zone text not null,
    primary key (place_id, zone)
);

-- grain: one station x method x observing day
create table fact_station_day (
    station text not null,
    date date not null,
    method text not null,
    max_temp_f double,
    min_temp_f double,
    mean_temp_f double,
    max_feels_like_f double,
    min_feels_like_f double,
    precip_in double,
    snow_in double,
    snow_depth_in double,
    mean_wind_mph double,
    max_wind_mph double,
    max_gust_mph double,
    conditions text[] not null,
    traces text[] not null,
    ends_local text,
    read_at timestamptz
);

-- grain: one storm event
create table fact_storm_event (
    event_id bigint not null,
    event text not null,
    state text not null,
    zone text,
    area text,
    begin_date date not null,
    begin_at timestamptz,
    end_at timestamptz,
    office text,
    magnitude double,
    magnitude_unit text,
    magnitude_type text,
    tornado_scale text,
    injuries bigint,
    deaths bigint,
    damage_usd double,
    crop_damage_usd double,
    lat double,
    lon double,
    narrative text,
    read_at timestamptz
);

-- grain: one place x provider x method x day of the year
create table agg_weather_normal (
    place_id integer not null,
    provider text not null,
    method text not null,
    month integer not null,
    day integer not null,
    years integer not null,
    low_f double not null,
    high_f double not null,
    lows double[] not null,
    highs double[] not null
);
