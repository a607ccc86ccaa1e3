"""A real OpenID provider on this machine, in the shape of Microsoft Entra: who signs in, and what it then says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from django.test import Client, override_settings
from oidc_provider_mock import User as Person
from oidc_provider_mock import run_server_in_thread

from tracker import single_sign_on

DOMAIN = "wessex.example"


@dataclass
class Provider:
    """`people` maps a subject to the claims that it signs in with."""

    issuer: str

    def knows(self, subject: str, **claims: Any) -> None:
        entra = {"tid": "2b7c1d52-9c1f-4a5e-8f7b-4d0c3a6e9f10", "ver": "2.0"}
        answer = requests.put(f"{self.issuer}/users/{subject}", json={**entra, **claims}, timeout=5)
        answer.raise_for_status()

    def sign_in(self, client: Client, subject: str, **query: str) -> Any:
        """As a browser would: out to the provider, and back with its answer."""
        out = client.get("/accounts/sso/wessex/login/", query)
        back = requests.post(out["Location"], data={"sub": subject}, allow_redirects=False, timeout=5)
        address = urlsplit(back.headers["Location"])
        return client.get(f"{address.path}?{address.query}")


@contextmanager
def provider(domains: list[str] | None = None) -> Iterator[Provider]:
    with run_server_in_thread(user_claims=[Person(sub="nobody")]) as server:
        issuer = f"http://localhost:{server.server_port}"
        one = {
            "id": "wessex",
            "name": "Wessex Council",
            "issuer": issuer,
            "client_id": "tracker",
            "client_secret": "not-a-secret",
            "domains": domains or [DOMAIN],
        }
        with override_settings(SSO_PROVIDERS=[one], SOCIALACCOUNT_PROVIDERS=single_sign_on.apps([one])):
            yield Provider(issuer)
