"""Keeps the automations that send notices in step with config: sources that are silent, drift or refuse, failed checks
and failed runs."""

from __future__ import annotations

import logging
import zlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, cast
from uuid import UUID

from apprise import Apprise
from prefect.blocks.notifications import SlackWebhook
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import BlockDocument
from prefect.events.actions import SendNotification
from prefect.events.schemas.automations import Automation, AutomationCore, EventTrigger, Posture
from prefect.exceptions import ObjectNotFound
from pydantic import SecretStr

from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.events import CHECK_FAILED, DATA_LABEL, DRIFTED, REFUSED, SILENT
from flows.settings import Notices, config_dir

_PREFIX: Final = "newsvane notice: "
_PAGE: Final = 200
_SOURCE: Final = """{{ event.payload.why }}
next: {{ event.payload.next }}"""
_CHECK: Final = """check {{ event.payload.check }}, rows at fault: {{ event.payload.faults }}; the first: \
{{ event.payload.example }}
The last good snapshot stays published.
next: open the artifact checks in the Prefect UI; newsvane rebuild --check"""
_RUN: Final = """{{ flow_run.state.message }}
next: read its log: {{ flow_run|ui_url }}"""
# The one type of block that hands any Apprise URL on, and that every Prefect server knows.
_Block = SlackWebhook


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of notice: the events it is about, the label that tells what is at fault, subject and body."""

    name: str
    events: frozenset[str]
    about: str
    subject: str
    body: str


_KINDS: Final = (
    *(
        _Kind(
            f"source {word}",
            frozenset({event}),
            "prefect.resource.id",
            f"newsvane: {{{{ event.payload.source }}}} is {word}",
            _SOURCE,
        )
        for word, event in (("silent", SILENT), ("drifting", DRIFTED), ("refused", REFUSED))
    ),
    _Kind(
        "check failed",
        frozenset({CHECK_FAILED}),
        "prefect.resource.id",
        "newsvane: the check {{ event.payload.check }} failed",
        _CHECK,
    ),
    _Kind(
        "run failed",
        frozenset({"prefect.flow-run.Failed", "prefect.flow-run.Crashed", "prefect.flow-run.TimedOut"}),
        "related:deployment:prefect.resource.id",
        "newsvane: {{ flow_run.name }} failed",
        _RUN,
    ),
)


def apply_notices(layout: Layout, notices: Notices, deployments: list[UUID]) -> list[str]:
    """Create, update or remove the automations of this data folder, so that they send what `notices` says to its URL;
    returns the kinds of notices that are sent. One that was switched off in the UI stays off.

    `deployments` are those whose failed runs are told. Raises ConfigError for a URL that Apprise does not know.
    """
    data = str(layout.data)
    with get_client(sync_client=True) as client:
        found = {one.name: one for one in _ours(client, data)}
        if notices.url is None:
            for automation in found.values():
                client.delete_automation(automation.id)
            _delete_block(client, data)
            return []
        block = _save_block(client, notices.url, data)
        every = timedelta(hours=notices.repeat_hours)
        wanted = [_automation(kind, data, block, every, deployments) for kind in _KINDS]
        for one in wanted:
            _apply(client, one, found.pop(one.name, None))
        for stale in found.values():
            client.delete_automation(stale.id)
    return [kind.name for kind in _KINDS]


def _ours(client: SyncPrefectClient, data: str) -> list[Automation]:
    found: list[Automation] = []
    while page := client.read_automations(limit=_PAGE, offset=len(found)):
        found += page
    return [one for one in found if one.name.startswith(_PREFIX) and one.name.endswith(f"({data})")]


def _apply(client: SyncPrefectClient, wanted: AutomationCore, found: Automation | None) -> None:
    if found is None:
        client.create_automation(wanted)
        return
    wanted.enabled = found.enabled
    if AutomationCore.model_validate(found.model_dump(exclude={"id", "created", "updated"})) != wanted:
        client.update_automation(found.id, wanted)


def _automation(kind: _Kind, data: str, block: UUID, every: timedelta, deployments: list[UUID]) -> AutomationCore:
    is_run = kind.about.startswith("related:")
    of_runs = {"prefect.resource.role": "deployment", "prefect.resource.id": sorted(map(_resource, deployments))}
    # An update sends only what is set: type and posture are named although they are the defaults.
    trigger = EventTrigger(
        type="event",
        posture=Posture.Reactive,
        expect=set(kind.events),
        match=cast(Any, {} if is_run else {DATA_LABEL: data}),
        match_related=cast(Any, of_runs if is_run else {}),
        for_each={kind.about},
        threshold=1,
        within=every,
    )
    return AutomationCore(
        name=f"{_PREFIX}{kind.name} ({data})",
        description=(
            f"Sends a notice to the URL in config; about the same one again after {every / timedelta(hours=1):g} h. "
            "Its block holds any Apprise URL, although Prefect calls it a Slack webhook."
        ),
        trigger=trigger,
        actions=[
            SendNotification(type="send-notification", block_document_id=block, subject=kind.subject, body=kind.body)
        ],
    )


def _resource(deployment: UUID) -> str:
    return f"prefect.deployment.{deployment}"


def _block_name(data: str) -> str:
    return f"newsvane-notices-{zlib.crc32(data.encode()):08x}"


def _save_block(client: SyncPrefectClient, url: SecretStr, data: str) -> UUID:
    """Save the block that holds the URL, as a secret; one with another URL is replaced, because Prefect 3.9.1 answers
    404 to an update of a block."""
    _check(url)
    found = _block(client, data)
    if found and found.data.get("url") == url.get_secret_value():
        return found.id
    _delete_block(client, data)
    return cast(UUID, _Block(url=url).save(_block_name(data)))


def _check(url: SecretStr) -> None:
    """Raise ConfigError, without the URL, unless Apprise knows how to send to it."""
    logger = logging.getLogger("apprise")
    before, logger.disabled = logger.disabled, True  # its messages have the URL, with its password
    try:
        is_known = Apprise().add(url.get_secret_value())
    finally:
        logger.disabled = before
    if not is_known:
        raise ConfigError(
            f"{config_dir() / 'newsvane.toml'}: key 'notices.url': not a URL that Apprise can send to, such as "
            "mailto://USER:PASSWORD@HOST or json://HOST:PORT; see docs/deployment.md"
        )


def _block(client: SyncPrefectClient, data: str) -> BlockDocument | None:
    try:
        return client.read_block_document_by_name(_block_name(data), _Block.get_block_type_slug())
    except ObjectNotFound:
        return None


def _delete_block(client: SyncPrefectClient, data: str) -> None:
    if found := _block(client, data):
        client.delete_block_document(found.id)
