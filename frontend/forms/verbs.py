"""The form of every verb of an action, by the verb's name."""

from __future__ import annotations

from frontend.forms import actions, deciding, impact
from frontend.forms.steps import Step

STEPS: dict[str, type[Step]] = {
    step.verb: step
    for step in (
        actions.Update,
        actions.Confirm,
        actions.Start,
        actions.Finish,
        actions.TakeBack,
        actions.AskForTime,
        actions.Reschedule,
        actions.NotMine,
        actions.Reassign,
        actions.Share,
        actions.Attach,
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
