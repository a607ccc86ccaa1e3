"""The settings of a real installation: nothing for `check --deploy` to say, and refusals where something is open."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

GOOD = {
    "DEBUG": "0",
    "SECRET_KEY": "k3Jx9vQ2mZp7Lw4tRb8sYc1fHn6gUd5eKa0oXi-EqVTNBMrCWSGDPzyhjF",
    "AUDIT_KEY": "Zt4uW8aBq1LrS6kVn9xM2cPj7dHf3gYe5oQi0-TbRvXwEsUmKzCyNlDFG",
    "SITE_URL": "https://tracker.wessex.example",
    "EMAIL_URL": "smtp+tls://tracker:secret@mail.wessex.example:587",
    "DATABASE_URL": "sqlite:////tmp/never-opened.sqlite3",
}


def sso(issuer: str, domains: list[str]) -> str:
    one = {
        "id": "w",
        "name": "W",
        "issuer": issuer,
        "client_id": "c",
        "client_secret": "s",
        "domains": domains,
    }
    return json.dumps([one])


TENANT = "https://login.microsoftonline.com/2b7c1d52-9c1f-4a5e-8f7b-4d0c3a6e9f10/v2.0"


def check(**changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=Path(settings.ROOT),
        env={"PATH": os.environ["PATH"], **GOOD, **changes},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_real_installation_has_nothing_to_mend() -> None:
    done = check(SSO_PROVIDERS=sso(TENANT, ["wessex.gov.example"]))

    assert done.stdout + done.stderr == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"SECRET_KEY": "", "AUDIT_KEY": ""}, "must differ"),
        ({"AUDIT_KEY": GOOD["SECRET_KEY"]}, "must differ"),
        ({"AUDIT_KEY": "an-example-key-for-one-machine-never-for-a-real-board"}, "must be set"),
        ({"AUDIT_KEY": "short"}, "tracker.E003"),
        ({"SITE_URL": "http://tracker.wessex.example"}, "security.W"),
        ({"SSO_PROVIDERS": sso("http://sso.example", ["w.example"])}, "tracker.E005"),
        (
            {"SSO_PROVIDERS": sso("https://login.microsoftonline.com/common/v2.0", ["w.example"])},
            "tracker.E006",
        ),
        ({"SSO_PROVIDERS": sso(TENANT, [])}, "tracker.E007"),
        ({"SESSION_IDLE_MINUTES": "1000"}, "tracker.E009"),
    ],
    ids=[
        "no keys",
        "equal keys",
        "default key",
        "short key",
        "no https",
        "sso http",
        "sso common",
        "sso domains",
        "idle",
    ],
)
def test_what_is_open_is_refused(changes: dict[str, str], says: str) -> None:
    done = check(**changes)

    assert done.returncode != 0
    assert says in done.stdout + done.stderr


def test_a_second_factor_that_is_switched_off_is_refused(settings: object) -> None:
    from tracker import checks

    settings.MFA_SUPPORTED_TYPES = ["recovery_codes"]  # type: ignore[attr-defined]

    assert [found.id for found in checks.second_factor(None)] == ["tracker.E004"]


def test_a_webhook_without_a_secret_is_refused(settings: object) -> None:
    from tracker import checks

    settings.MAIL_WEBHOOK = "postmark"  # type: ignore[attr-defined]

    assert [found.id for found in checks.webhooks(None)] == ["tracker.E008"]
