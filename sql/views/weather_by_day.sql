-- The weather of each town on each local day, from the best station that has the day, beside what is normal there on
-- that day of the year.
-- reads: agg_weather_day, agg_weather_normal, dim_place, place_stations
-- writes: weather_by_day
create or replace view weather_by_day as
with positions as (
    select place_id, station, miles, from_date, until_date from place_stations where miles is not null
),

-- Whole days before single moments, observers' sums before hours, near stations before far ones. A station of unknown
-- position is taken to be the town's own if config names it, else to be far.
ranked as (
    select
        weather.place_id, weather.date, weather.provider, weather.method, weather.observations, weather.min_temp_f,
        weather.max_temp_f, weather.min_feels_like_f, weather.max_feels_like_f, weather.max_gust_mph,
        weather.precip_in, weather.is_precip_trace, weather.snow_in, weather.snow_depth_in, weather.conditions,
        coalesce(positions.miles, if(town.station = weather.provider, 0, null)) as miles,
        weather.method <> 'panel' and weather.min_temp_f is not null and weather.max_temp_f is not null
        and (weather.observations >= 18 or weather.method not in ('metar', 'nws', 'reanalysis')) as is_whole,
        case weather.method
            when 'panel' then 5 when 'reanalysis' then 4 when 'nws' then 3 when 'metar' then 2 else 1
        end as method_rank
    from agg_weather_day as weather
    join dim_place as town on town.place_id = weather.place_id
    left join positions
        on
            positions.place_id = weather.place_id and positions.station = weather.provider
            and weather.date >= coalesce(positions.from_date, weather.date)
            and weather.date <= coalesce(positions.until_date, weather.date)
    qualify
        row_number() over (
            partition by weather.place_id, weather.date, weather.provider, weather.method order by positions.miles
        ) = 1
),

ordered as (
    select
        ranked.*,
        row_number() over (
            partition by place_id, date
            order by is_whole desc, floor(coalesce(miles, 1000) / 10), method_rank, miles nulls last, provider, method
        ) as position
    from ranked
    where coalesce(miles, 0) <= 60
),

-- Highs and lows are of one station; snow and rain, which few stations measure, of the first that has them.
by_day as (
    select
        place_id, date,
        any_value(provider) filter (position = 1) as provider,
        any_value(method) filter (position = 1) as method,
        any_value(miles) filter (position = 1) as station_miles,
        any_value(observations) filter (position = 1) as observations,
        any_value(is_whole) filter (position = 1) as is_whole,
        any_value(min_temp_f) filter (position = 1) as low_f,
        any_value(max_temp_f) filter (position = 1) as high_f,
        arg_min(min_feels_like_f, position) filter (method <> 'panel') as min_feels_like_f,
        arg_min(max_feels_like_f, position) filter (method <> 'panel') as max_feels_like_f,
        arg_min(max_gust_mph, position) as max_gust_mph,
        arg_min(precip_in, position) as precip_in,
        arg_min(coalesce(is_precip_trace, false), position) filter (precip_in is not null) as is_precip_trace,
        arg_min(snow_in, position) as snow_in,
        arg_min(snow_depth_in, position) as snow_depth_in,
        list_sort(list_distinct(flatten(list(conditions)))) as conditions
    from ordered
    group by place_id, date
),

nearest as (
    select place_id, station, min(miles) as miles from positions group by place_id, station
),

usual_series as (
    select place_id, provider, method, max(years) as years
    from agg_weather_normal
    group by place_id, provider, method
),

day_series as (
    select distinct place_id, provider, method from agg_weather_day where method <> 'panel'
),

-- A day is compared with its own station's past; without ten years of it, with the nearest station's that has them.
compared_with as (
    select
        day_series.place_id, day_series.provider, day_series.method, usual.provider as normal_provider,
        usual.method as normal_method
    from day_series
    join usual_series as usual on usual.place_id = day_series.place_id
    left join nearest on nearest.place_id = usual.place_id and nearest.station = usual.provider
    qualify
        row_number() over (
            partition by day_series.place_id, day_series.provider, day_series.method
            order by
                usual.provider = day_series.provider desc, usual.method = day_series.method desc,
                nearest.miles nulls last, usual.years desc, usual.provider, usual.method
        ) = 1
),

compared as (
    select
        by_day.*, usual.provider as normal_provider, usual.method as normal_method, usual.years as normal_years,
        usual.low_f as normal_low_f, usual.high_f as normal_high_f, usual.lows, usual.highs
    from by_day
    left join compared_with
        on
            compared_with.place_id = by_day.place_id and compared_with.provider = by_day.provider
            and compared_with.method = by_day.method
    left join agg_weather_normal as usual
        on
            usual.place_id = by_day.place_id and usual.provider = compared_with.normal_provider
            and usual.method = compared_with.normal_method and usual.month = month(by_day.date)
            and usual.day = day(by_day.date)
)

select
    compared.place_id, town.name as place, town.state, compared.date, compared.provider, compared.method,
    compared.station_miles, compared.observations, compared.is_whole, compared.low_f, compared.high_f,
    compared.min_feels_like_f, compared.max_feels_like_f, compared.max_gust_mph, compared.precip_in,
    compared.is_precip_trace, compared.snow_in, compared.snow_depth_in, compared.conditions,
    compared.normal_low_f, compared.normal_high_f,
    -- Days as low count half: a value in the middle of its equals stands in the middle of their ranks.
    round(100 * (
        len(list_filter(compared.lows, one -> one < compared.low_f))
        + len(list_filter(compared.lows, one -> one = compared.low_f)) / 2
    ) / len(compared.lows), 1) as low_percentile,
    round(100 * (
        len(list_filter(compared.highs, one -> one < compared.high_f))
        + len(list_filter(compared.highs, one -> one = compared.high_f)) / 2
    ) / len(compared.highs), 1) as high_percentile,
    compared.normal_years, compared.normal_provider, compared.normal_method
from compared
join dim_place as town on town.place_id = compared.place_id;
