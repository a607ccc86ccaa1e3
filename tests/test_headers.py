"""The headers of a real installation, from its own settings: everything that a header score of A+ asks for."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

ASK = """
import json
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
client = Client()
paths = ["/healthz", "/accounts/password/change/", "/wessex/actions/"]
found = {path: dict(client.get(path, secure=True).headers) for path in paths}
names = ["SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SECURE",
         "CSRF_COOKIE_HTTPONLY", "CSRF_COOKIE_SAMESITE", "SECURE_SSL_REDIRECT"]
print(json.dumps({"headers": found, "cookies": {name: getattr(settings, name) for name in names}}))
"""
HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


@pytest.mark.slow
def test_a_real_installation_sends_all_of_them_over_https() -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "SITE_URL": "https://tracker.example",
        "ALLOWED_HOSTS": "testserver",
        "SECRET_KEY": "s" * 60,
        "AUDIT_KEY": "a" * 60,
        "DATABASE_URL": "sqlite://:memory:",
        "PYTHONWARNINGS": "ignore",
    }

    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", ASK],
        cwd=settings.ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    for path, headers in told["headers"].items():
        policy = dict(one.strip().split(" ", 1) for one in headers["Content-Security-Policy"].split(";"))
        assert {name: headers.get(name) for name in HEADERS} == HEADERS, path
        assert policy == POLICY, path
        assert "no-store" in headers["Cache-Control"], path
        assert "camera=()" in headers["Permissions-Policy"], path
        assert "Server" not in headers, path
    assert set(told["cookies"].values()) == {True, "Lax"}


@pytest.mark.django_db
def test_static_files_may_be_kept_and_carry_the_rest() -> None:
    answer = Client().get("/static/frontend/favicon.svg")
    answer.close()  # it streams from an open file

    assert answer.status_code == 200
    assert "no-store" not in answer["Cache-Control"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
