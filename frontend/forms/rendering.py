"""Makes every Django form look and read like GOV.UK's, through Django's own hooks; no field is told twice how to look.

`{{ form }}` and `{{ field.as_field_group }}` are all a template needs. A textarea with a max_length counts characters
and never cuts what was pasted: the server says when it is too long, and what was typed stays.
"""

from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

from actions.days import YEARS
from actions.filters import DayInput

LOOKS: list[tuple[type[forms.Widget], str]] = [  # the first that fits
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.DateInput, "govuk-input govuk-input--width-10"),
    (forms.NumberInput, "govuk-input govuk-input--width-5"),
    (Input, "govuk-input"),
]
ERRORS = {"govuk-select": "govuk-select--error", "govuk-textarea": "govuk-textarea--error"}
ERRORS |= {"govuk-file-upload": "govuk-file-upload--error", "govuk-input": "govuk-input--error"}


class Field(BoundField):
    """A bound field that knows its GOV.UK classes and where an error summary should take the reader."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        look = next((look for kind, look in LOOKS if isinstance(widget, kind)), "")
        if widget.is_hidden or not look:
            return built
        built["placeholder"] = False  # the label says it, and stays when typing begins
        if self.is_password:
            look += " govuk-password-input__input govuk-js-password-input-input"
            built |= {"spellcheck": "false", "autocapitalize": "none"}
        classes = [look, attrs.get("class") or widget.attrs.get("class", "")]
        if self.errors:
            classes.append(ERRORS.get(look.split()[0], ""))
        if self.counted:
            classes.append("govuk-js-character-count")
            built["maxlength"] = False  # the browser would cut a paste without a word
            described = str(built.get("aria-describedby", ""))
            built["aria-describedby"] = f"{described} {self.auto_id}-info".strip()
        built["class"] = " ".join(filter(None, classes))
        return built

    @property
    def counted(self) -> int | None:
        """The number of characters that the field may hold, where a counter helps."""
        longest: int | None = getattr(self.field, "max_length", None)
        return longest if isinstance(self.field.widget, forms.Textarea) else None

    @property
    def is_single_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_password(self) -> bool:
        return isinstance(self.field.widget, forms.PasswordInput)

    @property
    def optional(self) -> bool:
        """Said in the label, except where nothing is required (filters), a box may simply stay empty, or one of
        several is needed: a form names those in `either`."""
        if self.field.required or self.is_single_checkbox or self.name in getattr(self.form, "either", ()):
            return False
        return any(one.required and not one.widget.is_hidden for one in self.form.fields.values())

    @property
    def first_id(self) -> str:
        """The id of what can be focused: a group of radios has none of its own."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.auto_id


class Renderer(TemplatesSetting):
    form_template_name = "frontend/forms/form.html"
    field_template_name = "frontend/forms/field.html"
    bound_field_class = Field


class DayField(forms.DateField):
    widget = DayInput
    default_error_messages = {
        "required": "Enter a date.",
        "invalid": "Enter a real date, such as 31/3/2027.",
        "year": f"Check the year: it is from {YEARS[0]} to {YEARS[-1]}.",
    }

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and day.year not in YEARS:
            raise forms.ValidationError(self.error_messages["year"], code="year")
        return day
