"""Three newsroom questions on the published snapshot, as a marimo notebook.

Open it with `marimo edit docs/notebooks/newsroom.py`. $NEWSVANE_SNAPSHOT names the snapshot; default: that of the demo.
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def _():
    import os

    import duckdb
    import marimo as mo

    snapshot = os.environ.get("NEWSVANE_SNAPSHOT", "data/demo/warehouse/newsvane.duckdb")
    warehouse = duckdb.connect(snapshot, read_only=True)
    return mo, warehouse


@app.cell
def _(mo):
    mo.md("""
    # Three newsroom questions

    Each is one statement on views that are described in the data dictionary.

    ## 1. How cold is it when schools close?

    Days on which a closings list was read and was sound, by the coldest low of the station's towns. Days without such a
    poll are left out: no closings would be unknown there, not none.
    """)


@app.cell
def _(mo, warehouse):
    cold_days = warehouse.sql("""
        with polled as (
            select distinct poll.source, timezone(source.zone, poll.polled_at)::date as date
            from closings_polls as poll
            join dim_source as source on source.name = poll.source
            where poll.state in ('populated', 'empty')
        ),

        closed as (
            select source, effective_date as date, count(distinct organisation_id) as closings
            from closings
            group by all
        ),

        lows as (select date, min(low_f) as low_f from weather_by_day group by date)

        select
            floor(lows.low_f / 10) * 10 as low_from_f, count(*) as days,
            count(*) filter (where coalesce(closed.closings, 0) > 0) as days_with_closings,
            max(coalesce(closed.closings, 0)) as most_closings
        from polled
        join lows on lows.date = polled.date
        left join closed on closed.source = polled.source and closed.date = polled.date
        where lows.low_f is not null
        group by all
        order by low_from_f
    """).to_arrow_table()
    mo.ui.table(cold_days.to_pylist())
    return (cold_days,)


@app.cell
def _(mo):
    mo.md("""
    ## 2. Which topics are a station's own work?

    Articles by topic and by who made them. Origin *unknown* stays a column of its own.
    """)


@app.cell
def _(mo, warehouse):
    own_work = warehouse.sql("""
        select
            source, tag, count(*) as articles, count(*) filter (where origin_kind = 'own') as own,
            count(*) filter (where origin_kind in ('wire', 'network')) as wire_or_network,
            count(*) filter (where coalesce(origin_kind, 'unknown') = 'unknown') as unknown
        from article_tags
        where not is_parent
        group by all
        having count(*) >= 5
        order by own desc, source, tag
        limit 15
    """).to_arrow_table()
    mo.ui.table(own_work.to_pylist())
    return (own_work,)


@app.cell
def _(mo):
    mo.md("""
    ## 3. Who had it first?

    Stories that more than one source ran, and how long the last one took. First is by the publishers' own times, else
    by the time first seen.
    """)


@app.cell
def _(mo, warehouse):
    first_with_story = warehouse.sql("""
        select
            first_source, count(*) as stories,
            round(median(epoch(last_at - first_at) / 3600), 1) as median_hours_to_last
        from stories
        where sources > 1
        group by all
        order by stories desc
    """).to_arrow_table()
    mo.ui.table(first_with_story.to_pylist())
    return (first_with_story,)


if __name__ == "__main__":
    app.run()
