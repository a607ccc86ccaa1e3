"""The settings of a real installation: nothing for `check --deploy` to say, and refusals where something is open."""

import json
import os
import re
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


def provider(number: int, issuer: str, domains: list[str]) -> dict[str, object]:
    about = {"id": f"w{number}", "name": "W", "client_id": "c", "client_secret": "s"}
    return about | {"issuer": issuer, "domains": domains}


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
    done = check(SSO_PROVIDERS=json.dumps([provider(1, TENANT, ["wessex.gov.example"])]))

    assert done.stdout + done.stderr == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"SECRET_KEY": "", "AUDIT_KEY": ""}, "must differ"),
        ({"AUDIT_KEY": GOOD["SECRET_KEY"]}, "must differ"),
        ({"AUDIT_KEY": "an-example-key-for-one-machine-never-for-a-real-board"}, "must be set"),
    ],
    ids=["no keys", "equal keys", "default key"],
)
def test_with_such_keys_nothing_starts(changes: dict[str, str], says: str) -> None:
    done = check(**changes)

    assert done.returncode != 0
    assert says in done.stdout + done.stderr


def test_whatever_else_is_open_is_named() -> None:
    open_to_all = [
        provider(1, "http://sso.example", ["w.example"]),
        provider(2, "https://login.microsoftonline.com/common/v2.0", ["w.example"]),
        provider(3, TENANT, []),
    ]

    done = check(
        AUDIT_KEY="short",
        SITE_URL="http://tracker.wessex.example",
        SSO_PROVIDERS=json.dumps(open_to_all),
        SESSION_IDLE_MINUTES="1000",
    )

    assert done.returncode != 0
    found = re.findall(r"\((tracker\.E\d+)\)(?: SSO_PROVIDERS (\w+))?", done.stderr)
    assert sorted(found) == [
        ("tracker.E003", ""),
        ("tracker.E005", "w1"),
        ("tracker.E006", "w2"),
        ("tracker.E007", "w3"),
        ("tracker.E009", ""),
    ]
    assert "(security.W008)" in done.stderr  # no https


def test_a_second_factor_that_is_switched_off_is_refused(settings: object) -> None:
    from tracker import checks

    settings.MFA_SUPPORTED_TYPES = ["recovery_codes"]  # type: ignore[attr-defined]

    assert [found.id for found in checks.second_factor(None)] == ["tracker.E004"]


def test_a_webhook_without_a_secret_is_refused(settings: object) -> None:
    from tracker import checks

    settings.MAIL_WEBHOOK = "postmark"  # type: ignore[attr-defined]

    assert [found.id for found in checks.webhooks(None)] == ["tracker.E008"]
