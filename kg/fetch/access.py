"""How a service is reached: its address, the key and the mail address, all from the environment.

Invariant: a key is in no `repr` and no message, and travels over https, or within this machine.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from kg.errors import ConfigError
from kg.fetch.service import Service


@dataclass(frozen=True, slots=True)
class Access:
    """`base` address without a slash at its end, `headers` that make the client known (the key among them), seconds between requests."""

    base: str
    interval: float
    headers: dict[str, str] = field(repr=False)
    secret: str = field(default="", repr=False)


def access(service: Service, *, version: str) -> Access:
    """The service's access as the environment has it, for this `version` of kg. A server on this machine is asked without a pause.
    Raises ConfigError for an address, a mail address or a key of the wrong form, and for a key that would travel in the clear."""
    base = (os.environ.get(service.base_variable) or service.base).rstrip("/")
    here = _local(base, service.base_variable)
    mail = (os.environ.get("KG_MAILTO") or "").strip()
    if mail and not ("@" in mail and mail.isascii() and mail.isprintable() and not set(mail) & set(" <>()")):
        raise ConfigError("KG_MAILTO is no mail address: set it to one at which the service can reach you, as in ann@example.org")
    headers = {"User-Agent": f"kg/{version}" + (f" (mailto:{mail})" if mail else "")} | ({"From": mail} if mail else {})
    secret = (os.environ.get(service.key_variable) or "").strip() if service.key_variable else ""
    if secret:
        if not (secret.isascii() and secret.isprintable() and " " not in secret):
            raise ConfigError(f"{service.key_variable} holds characters that no key has: set it again")
        if not (here or base.startswith("https://")):
            raise ConfigError(f"{service.base_variable} is not https, and {service.key_variable} would travel in the clear: use https")
        headers[service.key_header[0]] = service.key_header[1] + secret
    return Access(base, 0.0 if here else service.interval, headers, secret)


def _local(base: str, variable: str) -> bool:
    try:
        parts = urlsplit(base)
        host = parts.hostname or ""
        known = parts.scheme in ("http", "https") and host and (parts.port is None or parts.port > 0)
    except ValueError:
        known, host, parts = False, "", urlsplit("")
    if not known or parts.username or parts.query or parts.fragment:
        raise ConfigError(f"{variable} is no address of a server: set it to one such as https://example.org/api, or unset it")
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
