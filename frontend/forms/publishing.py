"""Who may read a source: the day it was published, or why it is restricted. Each form calls its one verb."""

from __future__ import annotations

from typing import Any

from django import forms

from actions.intake import publishing
from actions.models import Seat, Source, Subgroup
from frontend.forms.rendering import DayField


class PublishForm(forms.Form):
    use_required_attribute = False

    published_on = DayField(label="Published on")

    def __init__(self, *args: Any, source: Source, by: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source, self.by = source, by
        self.fields["published_on"].initial = by.board.today

    def save(self) -> None:
        day = self.cleaned_data["published_on"]
        publishing.publish(self.source, published_on=day, by=self.by, today=self.by.board.today)


class RestrictForm(forms.Form):
    use_required_attribute = False

    subgroup = forms.ModelChoiceField(
        Subgroup.objects.none(),
        label="Subgroup that watches over it",
        required=False,
        empty_label="None: the board itself",
        help_text="Its chair may still read it.",
        error_messages={"invalid_choice": "Choose one of this board's subgroups."},
    )
    reason = forms.CharField(label="Why", max_length=300, error_messages={"required": "Say why."})

    def __init__(self, *args: Any, source: Source, by: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source, self.by = source, by
        subgroups: Any = self.fields["subgroup"]
        subgroups.queryset = Subgroup.objects.visible_to(by)
        subgroups.initial = source.subgroup_id

    def save(self) -> None:
        publishing.restrict(self.source, **self.cleaned_data, by=self.by, today=self.by.board.today)
