"""Telling people what happened: who follows what, who hears of it, at once or in a digest, and how they stop it.

How other slices use it (everything from ``notices.actions``, inside the transaction of what is told):

- ``await follow(actor.person, About.IDEA, number)``, ``unfollow(…)``, ``follows(person, about, number) -> bool``.
  Only a button does that: nobody ever follows something by writing or supporting. ``About`` is what can be followed:
  IDEA, CHALLENGE, TOPIC, AREA, and THREAD, the discussion under an idea (its number is the idea's).
  ``await topic_of(about, number)`` gives the number of its row in ``notice_topic``.
- ``await tell_all(About.IDEA, number, template, context, once="merged-12", but=actor.person)`` mails everybody who
  wrote, supported, commented on or follows the idea, each once, in the way they have chosen. ``only={Kind.FOLLOWED}``
  keeps to some of them, ``kind=Kind.SESSIONS`` makes it one kind of news for all.
- ``await tell(people, template, context, kind=…, once=…)`` mails people you name. With a ``Kind`` of
  ``notices.rules`` (``Kind.REPLIES``) it goes the way each has chosen; any other ``kind`` (``"decision"``, ``"desk"``)
  is a mail that nobody can switch off, and is in the outbox at once.
- ``describe(About.IDEA, source)`` says how a thing is called and where it stands; ``hears(About.IDEA, source)`` says
  who hears of it besides its followers. Both are called once, when the application is made.
- ``await queries.followers(about, number) -> list[int]``, ``await queries.followed(person) -> list[Follow]``.
- A template of a ``Kind`` gets ``context`` (JSON values only: no dataclass, no enumeration; a moment under a name
  that ends in ``_at``, a day under one that ends in ``_on``) and ``about`` (``.title``, ``.address``, ``.language``)
  as it is when the mail is written. Put nothing into ``context`` that a resident wrote: it may be hidden meanwhile.
- ``notices.actions.forget(person)`` removes everything of somebody who leaves; ``queries.kept_of(person)`` gives what
  we keep, for taking it away.
- On a page: ``{% from "notices/_follow.html" import follow_button with context %}`` and then
  ``{{ follow_button("thread", idea.number, following) }}``; on the account page
  ``{% include "notices/_follows.html" %}`` with ``followed=await notices.actions.described_follows(person)``.
"""
