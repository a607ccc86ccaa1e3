"""The forms of sign-in and of one's account, in our words."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, ConfirmLoginCodeForm, LoginForm, ResetPasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from actions.models import User

PASSWORD_RULES = "At least 12 characters. Three random words are easy to remember and hard to guess."


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


class ForgottenForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Email address"
        self.fields["email"].error_messages |= {
            "required": "Enter your email address.",
            "invalid": "Enter an email address such as name@example.org.",
        }


class PasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Your password now"
        self.fields["password1"].label = "New password"
        self.fields["password1"].help_text = PASSWORD_RULES
        self.fields["password2"].label = "New password again"


class NameForm(forms.ModelForm):
    name = forms.CharField(
        max_length=120,
        label="Your name",
        help_text="How you are greeted. The name on a board’s actions is kept by that board’s manager.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name."},
    )

    class Meta:
        model = User
        fields = ["name"]


def name_code(field: forms.Field, label: str, help_text: str = "") -> None:
    field.label, field.help_text = label, help_text
    field.widget.attrs.update(
        {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "govuk-input--width-10"}
    )
    field.error_messages["required"] = "Enter the code."


class MailCodeForm(ConfirmLoginCodeForm):
    """Guesses are counted where all workers see it: allauth counts in the session, which many requests read at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code from the mail"
        self.fields["code"].error_messages["required"] = "Enter the code."

    def clean_code(self) -> str:
        forget = check_rate_limit(context.request._login_stage.login.user)
        code: str = super().clean_code()
        forget()
        return code


class FactorForm(AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_code(
            self.fields["code"], "Code from your app", "Six digits. One of your recovery codes works, too."
        )


class FactorAgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_code(
            self.fields["code"], "Code from your app", "Six digits. One of your recovery codes works, too."
        )


class AddAppForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_code(self.fields["code"], "Code that the app shows now")


class AddPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "What to call it"
        self.fields["name"].help_text = "Such as “work laptop”, so that you know it later."
        self.fields["name"].max_length = 60
        del self.fields["passwordless"]  # ours always are: the device asks for a PIN, a finger or a face
