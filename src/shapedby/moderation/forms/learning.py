"""The words for what the classifier learned from moderators."""

from __future__ import annotations

from shapedby.kernel import N_
from shapedby.moderation.rules.learning import Why
from shapedby.spam.rules import HeadState
from shapedby.web.words import done, says

says(
    {
        HeadState.PROMOTED: N_("In use"),
        HeadState.REPLACED: N_("Replaced by a newer one"),
        HeadState.ROLLED_BACK: N_("Taken out of use"),
        HeadState.REFUSED: N_("Not used"),
    }
)
says(
    {
        Why.TOO_FEW: N_("Moderators have not decided enough yet: it takes twenty decisions to learn from."),
        Why.SET_BACK: N_("It was set back. It learns again after twenty new decisions."),
        Why.NOTHING_IN_USE: N_("Nothing that was learned here is in use."),
    }
)
done({"model-back": N_("Done. The check for spam judges as it did before the last learning.")})

REFUSED = {
    "too few decisions": N_("There were too few decisions to learn from."),
    "nothing to check it on": N_("There were too few decisions to check it on."),
    "worse on decisions that it did not learn from": N_("It was wrong more often about your own decisions."),
    "holds more of what residents write": N_("It would have held more of what residents write."),
    "misses spam that was caught before": N_("It would have missed spam that is caught now."),
}
"""What ``spam.fit_head.why_not`` says, for people."""
