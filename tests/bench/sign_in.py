"""Prints the cookie of a session of that user, as signing in would have made it."""

import sys

import django


def main(email: str) -> None:
    django.setup()
    from django.test import Client

    from actions.models import User
    from tests.factories import sign_in

    client = Client()
    sign_in(client, User.objects.get(email=email))
    print(client.cookies["sessionid"].value)


if __name__ == "__main__":
    main(sys.argv[1])
