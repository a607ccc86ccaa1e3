"""Forms and components come out as GOV.UK's HTML: labelled, described, and never telling by colour alone."""

from datetime import date
from types import SimpleNamespace

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from frontend.forms.rendering import DayField


class Everything(forms.Form):
    title = forms.CharField(help_text="What will be different.")
    words = forms.CharField(widget=forms.Textarea, max_length=20)
    due_on = DayField(label="Due date")
    owner = forms.ChoiceField(choices=[("1", "Alice")], required=False)
    confidence = forms.ChoiceField(widget=forms.RadioSelect, choices=[("on", "On track")])
    groups = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        choices=[("q", "Quality")],
        required=False,
        help_text="All that apply.",
    )
    begun = forms.BooleanField(label="Not begun yet", required=False)
    file = forms.FileField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class Filters(forms.Form):
    text = forms.CharField(required=False)


def draw(source: str, **context: object) -> str:
    return Template("{% load look %}" + source).render(Context(context))


def tag_of(html: str, name: str) -> str:
    """The opening tag that carries this name."""
    at = html.index(f'name="{name}"')
    return html[html.rindex("<", 0, at) : html.index(">", at) + 1]


def test_each_kind_of_field_has_its_look() -> None:
    html = str(Everything())

    looks = {
        "title": "govuk-input",
        "words": "govuk-textarea govuk-js-character-count",
        "due_on": "govuk-input govuk-input--width-10",
        "owner": "govuk-select",
        "confidence": "govuk-radios__input",
        "groups": "govuk-checkboxes__input",
        "begun": "govuk-checkboxes__input",
        "file": "govuk-file-upload",
    }
    assert {name: tag_of(html, name).split('class="')[1].split('"')[0] for name in looks} == looks
    assert "class" not in tag_of(html, "version")
    assert html.count("govuk-form-group") == len(looks)


def test_every_field_is_named_by_a_label_or_legend() -> None:
    html = str(Everything())

    for name in ("title", "words", "due_on", "owner", "begun", "file"):
        assert f'for="id_{name}"' in html
    assert '<legend class="govuk-fieldset__legend">Confidence</legend>' in html
    assert "Owner (optional)" in html
    assert "Not begun yet (optional)" not in html


def test_help_and_errors_are_read_out_with_their_field() -> None:
    html = str(Everything({"groups": ["nothing"]}))

    assert 'aria-describedby="id_title_helptext id_title_error"' in tag_of(html, "title")
    assert 'id="id_title_error"' in html
    assert "govuk-input--error" in tag_of(html, "title")
    assert '<fieldset class="govuk-fieldset" aria-describedby="id_groups_helptext id_groups_error">' in html
    assert 'aria-invalid="true"' in tag_of(html, "due_on")


def test_a_long_text_is_counted_but_never_cut() -> None:
    form = Everything({"words": "x" * 21})

    html = str(form)

    assert 'data-maxlength="20"' in html
    assert "maxlength" not in tag_of(html, "words").replace("data-maxlength", "")
    assert 'id="id_words-info"' in html
    assert "x" * 21 in html


def test_a_date_goes_to_the_browser_in_iso_and_comes_back_either_way() -> None:
    assert 'value="2027-03-31"' in str(Everything(initial={"due_on": date(2027, 3, 31)}))
    assert DayField().clean("2027-03-31") == DayField().clean("31/03/2027") == date(2027, 3, 31)


def test_filters_are_not_called_optional() -> None:
    assert "(optional)" not in str(Filters())


def test_the_summary_leads_to_each_error() -> None:
    form = Everything({"file": ContentFile(b"")})
    form.add_error(None, "Somebody else saved first.")

    html = render_to_string("frontend/components/error_summary.html", {"form": form})

    for target in ("#form-errors", "#id_title", "#id_due_on", "#id_confidence_0"):
        assert f'href="{target}"' in html
    assert "Due date: Enter a date." in html
    assert 'id="form-errors"' in str(form)


def test_the_summary_of_several_forms_names_the_row() -> None:
    rows = forms.formset_factory(Filters, min_num=1, validate_min=True)
    rows.form = type("Row", (forms.Form,), {"owner": forms.CharField()})
    formset = rows({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-owner": ""})

    html = render_to_string("frontend/components/error_summary.html", {"forms": formset})

    assert '<a href="#id_form-0-owner">Row 1, Owner: This field is required.</a>' in html


def test_a_label_that_asks_needs_no_colon_before_its_error() -> None:
    asks = type("Asks", (forms.Form,), {"when": DayField(label="Until when?")})({"when": ""})

    html = render_to_string("frontend/components/error_summary.html", {"form": asks})

    assert "Until when? Enter a date." in html


def test_no_summary_without_an_error() -> None:
    assert "govuk" not in render_to_string("frontend/components/error_summary.html", {"form": Filters({})})


def test_a_colour_always_has_its_word() -> None:
    html = render_to_string("frontend/components/tag.html", {"colour": "amber", "words": "At risk"})

    assert '<strong class="govuk-tag govuk-tag--orange">At risk</strong>' in html


def test_a_bar_is_a_picture_with_the_same_words_below() -> None:
    html = draw(
        '{% bar segments "Actions" %}',
        segments=[("Complete", 3, "blue"), ("Overdue", 1, "red"), ("Held", 0, "grey")],
    )

    assert 'aria-label="Actions: Complete 3, Overdue 1, Held 0"' in html
    assert 'x="0.0" y="0" width="450.0"' in html
    assert 'x="450.0" y="0" width="150.0"' in html
    assert "Held <strong>0</strong>" in html
    assert "style=" not in html


def test_a_bar_of_nothing_is_still_drawn() -> None:
    assert "app-tone--pale" in draw('{% bar segments "Actions" %}', segments=[("Complete", 0, "blue")])


def test_page_numbers_keep_the_filters() -> None:
    request = RequestFactory().get("/b/actions/?status=started&page=2")
    page = Paginator(range(60), 25).get_page(2)

    html = draw('{% pagination page "#list" %}', request=request, page=page)

    assert 'href="/b/actions/?status=started&amp;page=3"' in html
    assert 'hx-target="#list"' in html
    assert 'aria-current="page"' in html
    assert "Showing 26 to 50 of 60" in html


def test_one_page_has_no_numbers() -> None:
    request = RequestFactory().get("/")

    html = draw("{% pagination page %}", request=request, page=Paginator(range(3), 25).get_page(1))

    assert "<nav" not in html
    assert "Showing 1 to 3 of 3" in html


@pytest.mark.parametrize(
    ("asked", "state", "link"),
    [
        ("", "none", "?order=due_on"),
        ("due_on", "ascending", "?order=-due_on"),
        ("-due_on", "descending", "?order=due_on"),
    ],
)
def test_a_heading_says_how_it_is_sorted(asked: str, state: str, link: str) -> None:
    request = RequestFactory().get("/b/actions/", {"order": asked, "page": "4"} if asked else {})

    html = draw('{% sort "Due" "due_on" %}', request=request)

    assert f'aria-sort="{state}"' in html
    assert f'href="/b/actions/{link}"' in html


def test_lists_events_and_emptiness() -> None:
    rows = render_to_string(
        "frontend/components/summary_list.html", {"rows": [("Owner", "Alice", "/x", "Reassign")]}
    )
    assert 'href="/x">Reassign<span class="govuk-visually-hidden"> owner</span>' in rows

    event = SimpleNamespace(title="Signed off", by="Bob", on=date(2027, 3, 31), words="<b>")
    timeline = render_to_string("frontend/components/timeline.html", {"events": [event]})
    assert '<time datetime="2027-03-31">31 March 2027</time>' in timeline
    assert "&lt;b&gt;" in timeline

    empty = render_to_string("frontend/components/empty.html", {"words": "Nothing is overdue."})
    assert "Nothing is overdue." in empty


def test_a_filter_works_without_scripts_too() -> None:
    html = render_to_string("frontend/components/filter.html", {"form": Filters(), "url": "/b/actions/"})

    assert '<form method="get" action="/b/actions/"' in html
    assert "hx-get" not in html
    assert ">Apply</button>" in html
