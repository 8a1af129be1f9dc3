"""Loaded by a Python process that has this folder on its path: refuses and logs every connection off this computer."""

import ipaddress
import os
import socket
from pathlib import Path

_connect, _connect_ex, _lookup = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


def _local(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost", socket.gethostname()):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _refuse(host: object) -> None:
    with Path(os.environ["II_VENDOR_REFUSED_LOG"]).open("a") as log:
        log.write(f"{host}\n")
    raise ConnectionRefusedError(f"refused by the test: {host}")


def connect(self, address):
    if self.family != getattr(socket, "AF_UNIX", None) and not _local(address[0]):
        _refuse(address[0])
    return _connect(self, address)


def connect_ex(self, address):
    if self.family != getattr(socket, "AF_UNIX", None) and not _local(address[0]):
        _refuse(address[0])
    return _connect_ex(self, address)


def getaddrinfo(host, *args, **kwargs):
    if not _local(host):
        _refuse(host)
    return _lookup(host, *args, **kwargs)


socket.socket.connect = connect
socket.socket.connect_ex = connect_ex
socket.getaddrinfo = getaddrinfo
