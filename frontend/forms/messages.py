"""What a board manager says about the post: how mail is sent, and what became of a mail in doubt."""

from __future__ import annotations

from django import forms

from notifications.post import Became


class PolicyForm(forms.Form):
    titles_in_mail = forms.BooleanField(
        label="Say what a mail is about: the title of an action, the words of what is asked",
        required=False,
        help_text="Otherwise a mail gives the reference, the date and the link alone. What answers a restricted "
        "review is never named.",
    )
    resend_in_doubt = forms.BooleanField(
        label="Send a mail in doubt once more",
        required=False,
        help_text="After 15 minutes, also those that are in doubt now. Somebody may get the same mail twice, never "
        "three times. Otherwise each waits for you on Messages.",
    )


class SettleForm(forms.Form):
    """`attempts` is the number of them that the person saw."""

    became = forms.ChoiceField(choices=Became.choices)
    attempts = forms.IntegerField(min_value=0, max_value=2**31)
