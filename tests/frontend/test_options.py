"""A select says what Django's own templates would say, with whatever people typed escaped."""

from typing import Any

from django import forms
from django.test.html import parse_html
from django.utils.safestring import mark_safe

DANGER = '"><script>alert(1)</script>'


class Chosen(forms.Form):
    who = forms.ChoiceField(
        choices=[("", "Anyone"), (DANGER, DANGER), ("Teams", [("t1", "One"), ("t2", mark_safe("<b>"))])]
    )


def rendered(value: Any) -> str:
    return str(Chosen({"who": value}, use_required_attribute=False)["who"])


def test_a_select_lists_groups_and_options_and_marks_the_one_chosen() -> None:
    shown = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    expected = f"""
        <select name="who" class="govuk-select" id="id_who">
        <option value="">Anyone</option>
        <option value="{shown}">{shown}</option>
        <optgroup label="Teams"><option value="t1" selected>One</option><option value="t2">&lt;b&gt;</option></optgroup>
        </select>"""

    assert parse_html(rendered("t1")) == parse_html(expected)


def test_nothing_typed_becomes_markup() -> None:
    assert "<script>" not in rendered("")
    assert "<b>" not in rendered("")
