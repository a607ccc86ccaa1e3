"""For somebody who lost phone and recovery codes: their second steps are forgotten and their sessions ended.

The password stays and is still asked for, then a code by mail, then a new second step. For whoever runs the tracker,
once they know by phone or in person that it is truly that person who asks.
"""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management.base import BaseCommand, CommandError

from actions.models import User


class Command(BaseCommand):
    help = "Forget the passkeys, app and recovery codes of one person, and end their sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="the address that they sign in with")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        user = User.objects.filter(email=address.strip().lower()).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {address}.")
        forgotten, _ = Authenticator.objects.filter(user=user).delete()
        sessions = list(UserSession.objects.filter(user=user))
        for session in sessions:
            session.end()
        self.stdout.write(f"{user.email}: {forgotten} forgotten, {len(sessions)} sessions ended.")
