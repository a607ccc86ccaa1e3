"""The sign-in form, in our words."""

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Email address"
        self.fields["login"].error_messages = {
            "required": "Enter your email address.",
            "invalid": "Enter an email address such as name@example.org.",
        }
        self.fields["password"].error_messages = {"required": "Enter your password."}
        self.fields["password"].help_text = ""  # the page has its own link to set a new one
