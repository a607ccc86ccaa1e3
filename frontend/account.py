"""Sign-in rules that are ours. Accounts come by invitation from a board: nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: Any) -> str:
        return f"Action tracker: {' '.join(str(subject).split())}"
