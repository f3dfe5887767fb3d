"""Open connections are counted as the client sees them."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from flows.simulator.connections import Connections, is_closed_by_peer

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def connect(listener: socket.socket) -> Pair:
    client = socket.create_connection(listener.getsockname())
    return client, listener.accept()[0]


@pytest.mark.parametrize("unread", [b"", b"GET / HTTP/1.1\r\n"])
def test_a_connection_closed_by_its_client_is_not_open(listener: socket.socket, unread: bytes) -> None:
    connections = Connections()
    client, ours = connect(listener)
    connections.opened(ours)
    client.sendall(unread)
    assert not is_closed_by_peer(ours)
    client.close()
    assert is_closed_by_peer(ours)
    second, theirs = connect(listener)
    connections.opened(theirs)
    assert (len(connections), connections.most) == (1, 1)
    for each in (ours, second, theirs):
        each.close()


def test_two_open_connections_are_two(listener: socket.socket) -> None:
    connections, pairs = Connections(), [connect(listener), connect(listener)]
    for _, ours in pairs:
        connections.opened(ours)
    assert connections.most == 2
    connections.closed(pairs[0][1])
    assert len(connections) == 1
    for each in (end for pair in pairs for end in pair):
        each.close()
