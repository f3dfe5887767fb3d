"""Loads batches, one or many in a transaction: facts, dimensions, ledger and rollups land together, or nothing does."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from flows.warehouse.staged_tables import Tables, grouped
from flows.warehouse.statements import statement
from flows.warehouse.transaction import transaction

# In the order the data walks: sources, fetches, articles and what hangs on them, weather, closings, days, rollups.
STEPS = (
    "load/dim_source", "load/source_place", "load/local_day", "load/new_fetch", "load/fact_fetch",
    "load/met_article", "load/new_page", "load/touched_day", "load/known_url", "load/new_url", "load/article_url",
    "load/article_state", "load/article_reading", "load/touched_article", "load/clear_revision",
    "load/fact_article_revision", "load/current_page", "load/article_clock", "load/fact_article", "load/article_text",
    "load/story_member", "load/clear_story", "load/fact_story",
    "load/dim_tag", "load/found_tag", "load/clear_tag", "load/fact_article_tag",
    "load/clear_place", "load/fact_article_place",
    "load/channel_sighting", "load/clear_appearance", "load/fact_appearance", "load/appearance_article",
    "load/panel_reading", "load/dim_condition", "load/clear_panel", "load/panel_observation",
    "load/clear_panel_forecast", "load/panel_forecast", "load/nws_observation", "load/nws_forecast",
    "load/page_look", "load/page_span", "load/banner_sighting", "load/clear_banner", "load/fact_banner",
    "load/clear_forecast_text", "load/fact_forecast_text", "load/fact_alert",
    "load/fact_closing_poll", "load/dim_organisation", "load/closing_sighting", "load/clear_closing",
    "load/fact_closing", "load/clear_source_day", "load/fact_source_day",
    "rollups/touched_day", "rollups/clear_article_day", "rollups/agg_article_day", "rollups/clear_tag_day",
    "rollups/agg_tag_day", "rollups/stale_month", "rollups/stale_look", "rollups/agg_weather_day",
    "rollups/agg_template_day", "load/batch",
)  # fmt: skip
# Of one month.
MONTH_STEPS = (
    "rollups/cluster_tag_day", "rollups/agg_day", "rollups/agg_topic_day", "rollups/agg_topic_month",
    "rollups/agg_tag_pair_month", "rollups/agg_place_month", "rollups/clear_stale_month",
)  # fmt: skip


def is_loaded(connection: duckdb.DuckDBPyConnection, batch_id: str) -> bool:
    """Whether the batch has landed."""
    return connection.execute("select 1 from batch where batch_id = ?", [batch_id]).fetchone() is not None


def load(connection: duckdb.DuckDBPyConnection, batch_id: str, tables: Tables, parser_version: str) -> bool:
    """Load the tables of one batch; False if that batch had landed before (then nothing changes).

    Exchanges that an earlier batch brought are left out with all that came with them. An error leaves the warehouse
    as it was.
    """
    return load_group(connection, {batch_id: tables}, parser_version) == 1


def load_group(connection: duckdb.DuckDBPyConnection, group: Mapping[str, Tables], parser_version: str) -> int:
    """Load many batches, `batch_id -> tables`, in one transaction; returns how many had not landed before.

    Grouping changes no fact: one transaction of many small batches says what as many transactions would. Exchanges
    that are loaded already are left out with all that came with them. An error leaves the warehouse as it was.
    """
    fresh = {batch_id: tables for batch_id, tables in group.items() if not is_loaded(connection, batch_id)}
    if not fresh:
        return 0
    tables = grouped(fresh)
    for name, table in tables.items():
        connection.register(name, table)
    try:
        with transaction(connection):
            for step in STEPS:
                text = statement(step)
                connection.execute(text, {"parser_version": parser_version} if "$parser_version" in text else {})
    finally:
        for name in tables:
            connection.unregister(name)
    return len(fresh)


def refresh_rollups(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the rollups by month up to date with all that was loaded: once a refresh, before the checks.

    The months that changed are stated anew one by one, so that no more than a month is held in memory.
    """
    with transaction(connection):
        while connection.execute(statement("rollups/month_date")).fetchall() != [(None,)]:
            for step in MONTH_STEPS:
                connection.execute(statement(step))
