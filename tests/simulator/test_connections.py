"""Connections are counted while their clients hold them open."""

from __future__ import annotations

import socket

import pytest

from flows.simulator.connections import Connections, is_closed_by_peer


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\n\r\n"], ids=["no request", "a request that is not read"])
def test_a_connection_that_its_client_closed_is_not_counted(sent: bytes) -> None:
    connections = Connections()
    (server, client), (other, other_client) = socket.socketpair(), socket.socketpair()
    with server, client, other, other_client:
        connections.opened(server)
        client.sendall(sent)
        assert not is_closed_by_peer(server)
        client.close()
        assert is_closed_by_peer(server)
        connections.opened(other)
        assert (len(connections), connections.most) == (1, 1)


def test_connections_that_are_open_at_once_are_counted() -> None:
    connections = Connections()
    (server, client), (other, other_client) = socket.socketpair(), socket.socketpair()
    with server, client, other, other_client:
        connections.opened(server)
        connections.opened(other)
        connections.closed(server)
        assert (len(connections), connections.most) == (1, 2)


def test_a_connection_that_the_server_closed_counts_as_closed() -> None:
    server, client = socket.socketpair()
    server.close()
    with client:
        assert is_closed_by_peer(server)
