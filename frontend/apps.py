from typing import Any

from django.apps import AppConfig


class FrontendConfig(AppConfig):
    name = "frontend"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        authenticator_added.connect(on_factor_added)


def on_factor_added(sender: Any, request: Any, authenticator: Any, **kwargs: Any) -> None:
    from frontend.account import session

    if authenticator.type != authenticator.Type.RECOVERY_CODES:
        session.raise_to_strong(request)
