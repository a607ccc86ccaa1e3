"""The form of every verb of an action, by the verb's name."""

from __future__ import annotations

from frontend.forms import actions, deciding, impact, showing
from frontend.forms.steps import Step

STEPS: dict[str, type[Step]] = {
    step.verb: step
    for step in (
        actions.Update,
        showing.Confirm,
        actions.Start,
        actions.Finish,
        actions.TakeBack,
        actions.AskForTime,
        actions.Reschedule,
        actions.NotMine,
        actions.Reassign,
        actions.Share,
        showing.Attach,
        deciding.Plan,
        deciding.SignOff,
        deciding.SendBack,
        deciding.Grant,
        deciding.Refuse,
        deciding.Hold,
        deciding.Resume,
        deciding.Withdraw,
        deciding.Restore,
        impact.ReviewImpact,
        deciding.Reopen,
        deciding.Correct,
    )
}
