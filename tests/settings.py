"""The settings of tests: those of one machine, with the mail and files of a run kept apart from real ones."""

import os

os.environ.setdefault("DEBUG", "1")

from tracker.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # real ones take a second per account
