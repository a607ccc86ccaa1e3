"""What the manager fills in about plans and priorities. Each form calls its one verb."""

from __future__ import annotations

from typing import Any

from django import forms

from actions import plans
from actions.models import Action, Plan, Priority
from frontend.forms.kept import Keeping, line
from frontend.forms.rendering import DayField

STAYS = "stays"


class PlanForm(Keeping):
    names = ("name", "starts_on", "ends_on")

    name = line("Name", 200, "For example “Strategic plan 2026 to 2029”.")
    starts_on = DayField(label="Starts on")
    ends_on = DayField(label="Ends on")

    def save(self) -> Plan:
        return plans.keep_plan(self.row, **self.filled, **self.given)


class StartForm(PlanForm):
    priorities = forms.CharField(
        label="Priorities",
        required=False,
        help_text="One on each line, in their order. You can change them later.",
        widget=forms.Textarea({"rows": 6}),
    )

    def save(self) -> Plan:
        given = {name: value for name, value in self.given.items() if name != "saw"}
        return plans.start_plan(
            **self.filled, priorities=self.cleaned_data["priorities"].splitlines(), **given
        )


class PriorityForm(Keeping):
    names = ("number", "name")

    number = forms.IntegerField(
        label="Number",
        min_value=1,
        max_value=99,
        help_text="Its place in the plan. With a number that another has, the two change places.",
        error_messages={"required": "Give it a number.", "invalid": "Give it a number."},
    )
    name = line("Name", 200)

    def start_with(self) -> dict[str, Any]:
        if self.row.pk:
            return {}
        last = Priority.objects.filter(plan=self.row.plan).order_by("-number").first()
        return {"number": last.number + 1 if last else 1}

    def save(self) -> Priority:
        return plans.keep_priority(self.row, **self.filled, **self.given)


class CarryForm(forms.Form):
    """One list: each action of the plan that ends, and which priority of the new one it goes to."""

    use_required_attribute = False

    def __init__(self, *args: Any, actions: list[Action], new: Plan, stay: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actions = actions
        self.priorities = {str(one.pk): one for one in new.priorities.order_by("number")}
        by_name = {one.name.casefold(): pk for pk, one in self.priorities.items()}
        choices = [("", "Choose"), *((pk, str(one)) for pk, one in self.priorities.items())]
        choices.append((STAYS, "Stays with the plan that ended"))
        for action in actions:
            old = action.priority.name.casefold() if action.priority else ""
            initial = STAYS if action.pk in stay else by_name.get(old, "")
            missing = {
                "required": "Choose a priority, or that it stays.",
                "invalid_choice": "Choose one from the list.",
            }
            self.fields[name_of(action)] = forms.ChoiceField(
                label=f"{action.reference} {action.title}",
                choices=choices,
                initial=initial,
                error_messages=missing,
            )

    def rows(self) -> list[tuple[Action, Any]]:
        return [(action, self[name_of(action)]) for action in self.actions]

    def to(self) -> dict[int, Priority | None]:
        chosen = {action.pk: self.cleaned_data[name_of(action)] for action in self.actions}
        return {pk: self.priorities.get(one) for pk, one in chosen.items()}


def name_of(action: Action) -> str:
    return f"a{action.number}"
