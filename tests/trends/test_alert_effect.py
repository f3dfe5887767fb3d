"""Articles after an alert: the count, the delay and the test agree on which articles these are."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from flows.trends.alert_effect import COLUMNS, Alerts, Articles, after_alert, latest_alert
from flows.warehouse.statement_query import QueryResult

MINUTE, DAY = 60, 86_400
NOON = 12 * 60 * MINUTE


def test_an_article_is_after_the_latest_alert_of_its_source_by_the_minute() -> None:
    alerts = Alerts(np.array([1, 1, 2]), np.array([NOON + 30, NOON + 5 * MINUTE, NOON]), 10 * MINUTE)
    posted = np.array([-1, 0, 30, 5 * MINUTE, 14 * MINUTE + 59, 15 * MINUTE]) + NOON
    articles = Articles(np.ones(6, dtype=np.int64), posted, csr_matrix((0, 6)))
    assert latest_alert(articles, alerts).tolist() == [-1, 0, 0, 1, 1, -1]


def test_an_article_of_the_same_minute_answers_the_alert() -> None:
    """The alert has seconds, the article only minutes."""
    noons = [day * DAY + NOON for day in range(20)]
    rows = (
        ("articles", None, [1] * 20, noons),
        ("event", "Flood Watch", [1], [noons[4] + 30]),
        ("topic", "Floods", [4], []),
    )
    values = {
        "since": "1970-01-01", "until": "1970-01-20", "hours": 1, "support": 1, "permutations": 50, "show": "all",
    }  # fmt: skip
    answer = after_alert(QueryResult(("kind", "name", "first_list", "second_list"), rows), values)
    [row] = (dict(zip(COLUMNS, row, strict=True)) for row in answer.result.rows)
    assert (row["articles_after"], row["all_after"], row["alerts_answered"], row["p50_minutes_to_first"]) == (
        1,
        1,
        1,
        0,
    )
