"""The words for what can be wrong with a picture."""

from __future__ import annotations

from shapedby.kernel import N_
from shapedby.pictures.rules import Why
from shapedby.web.words import says

says(
    {
        Why.NOTHING_CHOSEN: N_("Choose a picture first"),
        Why.TOO_BIG: N_("This file is too big. Choose a picture of 10 MB or less"),
        Why.TOO_MANY_PIXELS: N_("This picture is too large. Choose one of 20 million pixels or fewer"),
        Why.NOT_A_PICTURE: N_("We cannot take this file. Choose a photograph or a drawing as JPEG, PNG or WebP"),
        Why.MOVES: N_("This picture moves. Choose one that stands still"),
        Why.BROKEN: N_("We could not read this picture to its end. Try another one"),
        Why.TOO_MANY: N_("An idea can have five pictures. Remove one first"),
        Why.NOT_NOW: N_("The pictures of this idea cannot change any more"),
        Why.NO_DESCRIPTION: N_("Say what the picture shows, for people who cannot see it"),
        Why.NO_REASON: N_("Say why you take this picture out"),
    }
)
