"""What a person says before words are destroyed: why, and that they are sure."""

from django import forms


class Removal(forms.Form):
    reason = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="It stands in the place of the words for everybody to read, so do not repeat them.",
        error_messages={"required": "Say why the words are removed, without repeating them."},
    )
    sure = forms.BooleanField(
        label="Destroy these words. Nobody can bring them back.",
        error_messages={"required": "Tick that you are sure: removed words cannot be brought back."},
    )
