"""Pages for taking part without e-mail: ``people`` and ``recording`` at the desk, ``letters``, and ``paper``."""

from shapedby.assisted.pages import letters, paper, people, recording

ROUTES = (*people.ROUTES, *recording.ROUTES, *letters.ROUTES, *paper.ROUTES)
