"""A new account: with an invitation, or with the first board. The address is known or given; the password is new."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from actions.models import Board, User

# The first part of every address that is not a board's; beside frontend/urls.py, and tested against it.
RESERVED = frozenset(
    {
        "accessibility",
        "account",
        "accounts",
        "api",
        "caught-mail",
        "first-board",
        "healthz",
        "help",
        "invitation",
        "static",
        "webhooks",
    }
)

PASSWORD = forms.PasswordInput({"autocomplete": "new-password"})


class NewAccountForm(forms.Form):
    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Enter your name."},
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=512,
        widget=PASSWORD,
        help_text="At least 12 characters. Several words that only you put together are good.",
        error_messages={"required": "Choose a password."},
    )

    use_required_attribute = False

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = email

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        email = given.get("email", self.address)
        if given.get("password"):
            try:
                validate_password(given["password"], User(email=email, name=given.get("name", "")))
            except ValidationError as fault:
                self.add_error("password", fault)
        return given


class BoardForm(forms.Form):
    """What a board is called. Its short name stands in every address."""

    board = forms.CharField(
        label="Name of the board",
        max_length=200,
        help_text="For example “Fenshire Safeguarding Adults Board”.",
        error_messages={"required": "Enter the name of the board."},
    )
    slug = forms.SlugField(
        label="Short name for web addresses",
        max_length=40,
        help_text="Small letters, digits and hyphens: “fenshire” makes …/fenshire/. It cannot be changed later.",
        error_messages={
            "required": "Enter a short name.",
            "invalid": "Use small letters, digits and hyphens only, for example “fenshire”.",
        },
    )
    division = forms.ChoiceField(
        label="Whose bank holidays count",
        choices=Board.Division.choices,
        initial=Board.Division.ENGLAND,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one from the list."},
    )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        if slug in RESERVED:
            raise ValidationError(f"“{slug}” is an address of the tracker itself. Choose another short name.")
        if Board.objects.filter(slug=slug).exists():
            raise ValidationError(f"There is a board at “{slug}” already. Choose another short name.")
        return slug


class NewBoardForm(BoardForm):
    """Another board, for a manager who is invited."""

    manager = forms.CharField(max_length=120)
    email = forms.EmailField(max_length=254)


class FirstBoardForm(BoardForm, NewAccountForm):
    email = forms.EmailField(
        label="Your work email address",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": "Enter your email address.",
            "invalid": "Enter an email address such as name@example.org.",
        },
    )

    field_order = ("board", "slug", "division", "name", "email", "password")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError("There is an account with this address already. Use another one of yours.")
        return email
