"""Notices arrive at the URL of config: an event or a failed run starts an automation, which sends a message."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from prefect.client.orchestration import get_client
from prefect.events import emit_event
from pydantic import SecretStr

from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.events import DATA_LABEL, SILENT
from flows.notices import apply_notices
from flows.settings import Notices
from tests.inbox import Inbox, listening
from tests.server import Up, wait_for

pytestmark = pytest.mark.prefect

PASSWORD = "a-password-nobody-may-see"
KINDS = ["source silent", "source drifting", "source refused", "check failed", "run failed"]


@pytest.fixture(scope="module")
def inbox() -> Iterator[Inbox]:
    with listening(PASSWORD) as found:
        yield found


@pytest.fixture(scope="module")
def sent(at_server: Up, inbox: Inbox) -> Iterator[Layout]:
    """The data folder of the shared server, whose notices go to the inbox."""
    ids = [UUID(found["id"]) for found in at_server.post("/deployments/filter")]
    assert apply_notices(at_server.layout, Notices(url=inbox.url), ids) == KINDS
    yield at_server.layout
    apply_notices(at_server.layout, Notices(), ids)


def automations(up: Up) -> dict[str, dict[str, Any]]:
    found = up.post("/automations/filter")
    return {one["name"]: one for one in found if one["name"].startswith("newsvane notice: ")}


def emit_silent(source: str, data: str) -> None:
    emit_event(
        event=SILENT,
        resource={"prefect.resource.id": f"newsvane.source.{source}", DATA_LABEL: data},
        payload={"source": source, "why": f"{source} was not read", "next": "newsvane sources check"},
    )


def test_a_silent_source_is_told_once(sent: Layout, inbox: Inbox) -> None:
    emit_silent("elsewhere", "/another/data/folder")
    emit_silent("kvane", str(sent.data))
    emit_silent("kvane", str(sent.data))
    emit_silent("kgale", str(sent.data))
    (message,) = wait_for(lambda: inbox.titled("newsvane: kgale is silent"))
    assert message["message"] == "kgale was not read\nnext: newsvane sources check"
    assert len(inbox.titled("newsvane: kvane is silent")) == 1
    assert inbox.titled("newsvane: elsewhere is silent") == []


def test_a_failed_run_of_a_deployment_is_told_with_its_cause(sent: Layout, inbox: Inbox, at_server: Up) -> None:
    (health,) = at_server.post("/deployments/filter", deployments={"name": {"any_": ["health"]}})
    run = at_server.post(f"/deployments/{health['id']}/create_flow_run", state={"type": "PENDING"})
    failed = {"type": "FAILED", "name": "Failed", "message": "nothing is published yet: run `newsvane refresh`"}
    at_server.post(f"/flow_runs/{run['id']}/set_state", state=failed, force=True)
    (message,) = wait_for(lambda: inbox.titled(f"newsvane: {run['name']} failed"))
    assert message["message"].startswith("nothing is published yet: run `newsvane refresh`\nnext: read its log: http")
    assert run["id"] in message["message"]


def test_applying_again_changes_nothing_and_keeps_what_was_switched_off(sent: Layout, inbox: Inbox, up: Up) -> None:
    before = automations(up)
    assert sorted(before) == sorted(f"newsvane notice: {kind} ({sent.data})" for kind in KINDS)
    off = before[f"newsvane notice: source drifting ({sent.data})"]["id"]
    with get_client(sync_client=True) as client:
        client.pause_automation(UUID(off))
    apply_notices(sent, Notices(url=inbox.url, repeat_hours=1), [])
    apply_notices(sent, Notices(url=SecretStr(inbox.url.get_secret_value() + "box"), repeat_hours=1), [])
    after = automations(up)
    assert {name: one["id"] for name, one in after.items()} == {name: one["id"] for name, one in before.items()}
    assert {one["trigger"]["within"] for one in after.values()} == {3600}
    assert [one["id"] for one in after.values() if not one["enabled"]] == [off]
    (block,) = {one["actions"][0]["block_document_id"] for one in after.values()}
    assert block in {found["id"] for found in up.post("/block_documents/filter")}


def test_the_url_is_a_secret(sent: Layout, up: Up) -> None:
    shown = json.dumps([up.post("/block_documents/filter"), up.post("/automations/filter")])
    assert "newsvane-notices-" in shown
    assert PASSWORD not in shown
    assert PASSWORD not in (up.layout.prefect / "server.log").read_text("utf-8")
    assert PASSWORD not in repr(Notices(url=SecretStr(f"json://x:{PASSWORD}@localhost")))


def test_a_url_of_no_known_service_is_refused_without_showing_it(
    sent: Layout, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ConfigError, match=r"key 'notices\.url': not a URL that Apprise can send to") as failure:
        apply_notices(sent, Notices(url=SecretStr(f"pigeon://x:{PASSWORD}@host")), [])
    assert PASSWORD not in str(failure.value)
    assert PASSWORD not in caplog.text


def test_without_a_url_automations_and_block_are_removed(sent: Layout, up: Up) -> None:
    assert apply_notices(sent, Notices(), []) == []
    assert automations(up) == {}
    assert "newsvane-notices-" not in json.dumps(up.post("/block_documents/filter"))
