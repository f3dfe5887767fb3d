-- Weather, bars and closings.

-- grain: one panel row on one page; the base of panel observations and forecasts
create table panel_reading (
    fetch_id bigint not null,
    source_id integer not null,
    position integer not null,
    place text,                         -- as printed, null where the page lost it
    condition text,
    temp_f integer,
    hi_f integer,
    lo_f integer,
    feels_like_f integer,
    captured_at timestamptz             -- null: unknown, and then never in a time series
);

-- grain: one place x provider x spell of equal readings
create table fact_weather_observation (
    place_id integer,                   -- null where the place is unknown
    place text not null,                -- as printed; `#3` for the third row of a panel that lost its name
    provider text not null,             -- source name, or NWS station id
    method text not null,               -- panel | nws
    observed_at timestamptz,            -- first time so seen (panel: capture time); null when unknown
    until_at timestamptz,               -- last time so seen
    condition text,
    temp_f double,
    feels_like_f double,
    dewpoint_f double,
    wind_mph double,
    gust_mph double,
    humidity_pct double,
    pressure_hpa double,
    precip_in double,
    page_count bigint not null          -- pages that showed it
);

-- grain: one place x provider x issued x valid date
create table fact_weather_forecast (
    place_id integer,
    place text not null,
    provider text not null,
    method text not null,               -- panel | nws
    issued_at timestamptz,              -- panel: first capture that showed it
    valid_date date not null,
    period text not null,
    hi_f double,
    lo_f double,
    precip_pct double,
    text text
);

-- grain: one page that could have shown bars and forecast text; the base of their spells
create table page_look (
    fetch_id bigint not null,
    source_id integer not null,
    captured_at timestamptz,
    forecast_hash text                  -- null where the page has no forecast text
);

-- grain: one forecast text as worded
create table forecast_wording (
    forecast_hash text not null,
    text text not null
);

-- grain: one bar on one page
create table banner_sighting (
    fetch_id bigint not null,
    kind text not null,
    text text not null
);

-- grain: one forecast discussion at one source as a spell
create table fact_forecast_text (
    source_id integer not null,
    text_hash text not null,
    text text not null,
    from_at timestamptz,
    until_at timestamptz,
    page_count bigint not null
);

-- grain: one bar text at one source as a spell
create table fact_banner (
    source_id integer not null,
    kind text not null,
    text text not null,
    from_at timestamptz,
    until_at timestamptz,
    page_count bigint not null
);

-- grain: one alert x zone
create table fact_alert (
    alert_id text not null,
    zone text not null,                 -- UGC code, '' where the text names none
    event text not null,
    headline text,
    severity text,
    sent_at timestamptz,
    onset_at timestamptz,
    ends_at timestamptz,
    area text,
    office text,
    first_seen_at timestamptz,
    primary key (alert_id, zone)
);

-- grain: one look at a closings list
create table fact_closing_poll (
    source_id integer not null,
    polled_at timestamptz not null,
    state text not null,                -- populated | empty | stale | broken | refused | unknown (unchanged, never read)
    updated_at timestamptz,             -- the list's own timestamp
    rows integer not null,
    fetch_id bigint not null,
    read_fetch_id bigint,               -- the exchange that brought the list's text: an earlier one where it is unchanged
    primary key (source_id, polled_at)
);

-- grain: one row of a closings list as read; the base of closings
create table closing_sighting (
    fetch_id bigint not null,
    organisation_id integer not null,
    effective_date date,
    status text not null
);

-- grain: one organisation x effective date x status at one source
create table fact_closing (
    source_id integer not null,
    organisation_id integer not null,
    effective_date date,                -- null where the list has no day of its own
    status text not null,
    first_seen_at timestamptz,
    last_seen_at timestamptz
);
