"""What a manager says about the people of the board: one, or several as pasted lines; away; the last day."""

from __future__ import annotations

import csv
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from actions.models import Agency, Seat, Subgroup, SubgroupSeat
from actions.people import Person, address
from frontend.forms.rendering import DayField

AT_ONCE = 100  # lines
ADDRESS = {
    "required": "Enter their work email address.",
    "invalid": "Enter an email address such as name@example.org.",
}


class PersonForm(forms.Form):
    """Name, job, agency and roles; a role in each subgroup."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter their name."})
    job = forms.CharField(label="Job", max_length=120, required=False)
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Agency",
        required=False,
        empty_label="None: the board’s own",
        error_messages={"invalid_choice": "Choose one of this board’s agencies."},
    )
    is_lead = forms.BooleanField(
        label="Agency lead", required=False, help_text="Answers for the agency, and hears what is late there."
    )
    is_manager = forms.BooleanField(
        label="Board manager", required=False, help_text="Keeps everything true, these pages included."
    )
    is_independent_chair = forms.BooleanField(label="Independent chair", required=False)
    seen = forms.IntegerField(min_value=0, max_value=2**53, widget=forms.HiddenInput, initial=0)

    use_required_attribute = False

    def __init__(self, *args: Any, by: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        agencies: Any = self.fields["agency"]
        agencies.queryset = Agency.objects.visible_to(by)
        self.subgroups = list(Subgroup.objects.visible_to(by))
        for subgroup in self.subgroups:
            self.fields[f"subgroup_{subgroup.pk}"] = forms.ChoiceField(
                label=f"Role in {subgroup.name}",
                required=False,
                choices=[("", "–"), *SubgroupSeat.Role.choices],
                error_messages={"invalid_choice": "Choose one from the list."},
            )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("is_lead") and not given.get("agency") and "agency" not in self.errors:
            self.add_error("agency", "Choose the agency that they lead.")
        return given

    @property
    def person(self) -> Person:
        given = self.cleaned_data
        placed = {one.pk: given[f"subgroup_{one.pk}"] for one in self.subgroups}
        return Person(
            name=given["name"],
            email=given.get("email", ""),
            job=given["job"],
            agency=given["agency"],
            is_manager=given["is_manager"],
            is_independent_chair=given["is_independent_chair"],
            is_lead=given["is_lead"],
            subgroups={pk: role for pk, role in placed.items() if role},
        )

    @staticmethod
    def stands_now(seat: Seat, seen: int) -> dict[str, Any]:
        placed = {f"subgroup_{row.subgroup_id}": row.role for row in seat.subgroup_seats.all()}
        names = ("name", "job", "agency", "is_lead", "is_manager", "is_independent_chair")
        return {name: getattr(seat, name) for name in names} | placed | {"seen": seen}


class InviteForm(PersonForm):
    email = forms.EmailField(label="Work email address", max_length=254, error_messages=ADDRESS)

    field_order = ("name", "email")


class AgainForm(forms.Form):
    email = forms.EmailField(label="Work email address", max_length=254, error_messages=ADDRESS)

    use_required_attribute = False


class SeveralForm(forms.Form):
    """One person a line. Every fault is told with its line, and nothing typed is lost."""

    lines = forms.CharField(
        label="People",
        help_text="One on each line: name, address, agency. Pasted from a spreadsheet or from a mail’s address line, "
        "or typed: “Sue Hart, sue.hart@nhs.example, ICB”. The agency may be its short name, or be left out. Roles "
        "are given afterwards, on each person’s page.",
        widget=forms.Textarea({"rows": 10, "spellcheck": "false", "autocapitalize": "off"}),
        strip=False,
        error_messages={"required": "Paste at least one line."},
    )

    use_required_attribute = False

    def __init__(self, *args: Any, by: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_lines(self) -> list[Person]:
        written = [
            (number, line)
            for number, text in enumerate(self.cleaned_data["lines"].splitlines(), 1)
            for line in apart(text)
            if line.strip()
        ]
        if not written:
            raise ValidationError("Paste at least one line.")
        if len(written) > AT_ONCE:
            raise ValidationError(f"Those are {len(written)} people. Invite up to {AT_ONCE} at once.")
        agencies = by_name(self.by)
        here = dict(Seat.objects.visible_to(self.by).active().values_list("email", "name"))
        faults, people = [], []
        for number, line in written:
            try:
                person = read(line, agencies, here)
            except ValidationError as fault:
                faults.append(f"Line {number}: {fault.messages[0]}")
                continue
            here[address(person.email)] = person.name
            people.append(person)
        if faults:
            raise ValidationError(faults)
        return people


def by_name(seat: Seat) -> dict[str, Agency]:
    """By name and by short name; a short name that two share names neither."""
    agencies = list(Agency.objects.visible_to(seat))
    short = [agency.short_name.casefold() for agency in agencies]
    found = {
        agency.short_name.casefold(): agency
        for agency in agencies
        if short.count(agency.short_name.casefold()) == 1
    }
    return found | {agency.name.casefold(): agency for agency in agencies}


MAILED = re.compile(r"(?P<name>[^<>;]+)<(?P<email>[^<>]+@[^<>]+)>(?P<rest>[^<>]*)")  # Sue Hart <sue.hart@…>
SWAPPED = re.compile(r"([^,]+),\s*([^,]+)")  # Hart, Sue


def apart(line: str) -> list[str]:
    """A mail program writes everybody on one line: Sue Hart <sue.hart@…>; Tom Lee <tom.lee@…>"""
    return line.split(";") if line.count("@") > 1 and "<" in line else [line]


def columns(line: str) -> list[str]:
    """Name, address and agency, however they were put apart; a spreadsheet puts “Hart, Sue” in quotes."""
    mailed = MAILED.fullmatch(line.strip())
    if mailed:
        return [turned(mailed["name"]), mailed["email"], mailed["rest"].strip(" ,;\t")]
    sign = "\t" if "\t" in line else "," if "," in line else ";"
    try:
        found = next(csv.reader([line], delimiter=sign, skipinitialspace=True))
    except csv.Error:
        return []
    return [turned(found[0]), *found[1:2], sign.join(found[2:])]


def turned(name: str) -> str:
    """“Hart, Sue” is Sue Hart."""
    name = name.strip(" \t,;\"'")
    swapped = SWAPPED.fullmatch(name)
    return f"{swapped[2].strip()} {swapped[1].strip()}" if swapped else name


def read(line: str, agencies: dict[str, Agency], here: dict[str, str]) -> Person:
    parts = [part.strip() for part in columns(line)]
    name, email, agency = (*parts, "", "", "")[:3]
    if not name or not email:
        raise ValidationError("Write a name, a comma and an email address.")
    if len(name) > 120:
        raise ValidationError("Keep the name within 120 characters.")
    email = address(email.removeprefix("<").removesuffix(">"))
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(
            f"“{email}” is no email address. Write a name, a comma and an address such as name@example.org."
        ) from None
    if email in here:
        raise ValidationError(f"{email} is here already, as {here[email]}.")
    if agency and agency.casefold() not in agencies:
        there = ", ".join(sorted({one.short_name for one in agencies.values()}, key=str.casefold))
        ours = f"The board’s agencies are {there}" if there else "The board has no agencies yet"
        raise ValidationError(f"No agency of this board is called “{agency}”. {ours}. It may be left out.")
    return Person(name=name, email=email, agency=agencies.get(agency.casefold()))


class AwayForm(forms.Form):
    away_from = DayField(label="First day away", required=False)
    away_until = DayField(label="Last day away", required=False)

    use_required_attribute = False


class LeaveForm(forms.Form):
    """Without a day ahead, they leave now."""

    on = DayField(label="Last day", error_messages={"required": "Enter their last day."})

    use_required_attribute = False
