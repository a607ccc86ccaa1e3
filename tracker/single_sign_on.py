"""SSO_PROVIDERS of the environment as allauth wants it said."""

from typing import Any


def apps(providers: list[dict[str, Any]]) -> dict[str, Any]:
    return {"openid_connect": {"APPS": [app(one) for one in providers]}}


def app(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "provider_id": one["id"],
        "name": one["name"],
        "client_id": one["client_id"],
        "secret": one["client_secret"],
        "settings": {
            "server_url": one["issuer"].rstrip("/"),
            "oauth_pkce_enabled": True,
            "domains": [domain.lower() for domain in one["domains"]],
        },
    }
