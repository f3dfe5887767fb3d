"""The explorer answers its own pages on names of loopback only, changes nothing, and confines what it shows."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from flows.data_layout import Layout
from tests.web.conftest import Open


@pytest.fixture
def client(browse: Open, empty: Layout) -> TestClient:
    return browse(empty, hosts=frozenset({"news.example.org"}))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8080", "[::1]:8080", "LOCALHOST", "news.example.org"])
def test_a_known_host_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/trends", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example.net", "127.0.0.1.example.net", "localhost.evil", "", "[::1", "0.0.0.0"])
def test_an_unknown_host_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/trends", headers={"Host": host})
    assert answer.status_code == 400
    assert "unknown host name" in answer.text


@pytest.mark.parametrize(
    "origin", ["https://evil.example.net", "null", "http://localhost", "http://127.0.0.1:1", "http://["]
)
def test_another_origin_is_refused(client: TestClient, origin: str) -> None:
    assert client.get("/trends/topic_frequency/data.json", headers={"Origin": origin}).status_code == 403
    assert client.get("/trends", headers={"Origin": "http://127.0.0.1"}).status_code == 200


@pytest.mark.parametrize("kind", ["script", "image", "iframe", "empty"])
def test_another_site_embeds_nothing(client: TestClient, kind: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": kind}
    assert client.get("/sql/data.json?statement=select 1", headers=headers).status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_reading_is_allowed(client: TestClient, method: str) -> None:
    assert client.request(method, "/sql").status_code == 405


@pytest.mark.parametrize(
    "address", ["/", "/sql", "/nowhere", "/static/newsvane.js", "/trends/topic_frequency/data.csv"]
)
def test_every_answer_is_confined(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_a_refusal_is_confined_too(client: TestClient) -> None:
    assert (
        "default-src 'none'" in client.get("/", headers={"Host": "evil.example.net"}).headers["content-security-policy"]
    )


def test_no_page_has_a_script_or_a_style_of_its_own(client: TestClient) -> None:
    for address in ("/", "/topics", "/trends/topic_frequency", "/weather", "/sql", "/catalog", "/sources"):
        text = client.get(address).text
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick" not in text
        assert text.count("<script") == text.count('<script src="/static/')


def test_static_files_stay_in_their_folder(client: TestClient) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"):
        assert client.get(path).status_code == 404
