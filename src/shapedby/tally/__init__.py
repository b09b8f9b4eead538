"""A count of supports that anyone can check: a log of leaves in a hash tree, its signed heads, receipts.

**What others need to know.** A trigger on ``support`` writes the leaves; nobody else does, and nobody can forget.
Each change of a row's counted-ness writes a pending leaf in the same transaction: ``+1`` for its idea where the row
becomes counted, ``-1`` where it no longer is (another state, or deleted), both where a counted row moves to another
idea. Changes between other states, of the person, or of anything else in the row write none. Whoever changes rows
keeps ``idea.supports`` right in the same statement, as before; ``shapedby recount`` and a nightly job compare the
count shown, the counted rows and the leaves, and never repair.

**One act that changes many supports of one person** (a suspension, its end, leaving) would let others read that
person's supports off the log, if its leaves were published together. Call ``await tally.actions.spread()`` first, in
the same transaction: from then on, until it ends, each leaf waits for a random moment of the next seven days.
(In SQL: ``SET LOCAL shapedby.spread = 'on'``.) The counts shown change at once all the same. A merge needs no spread:
it says nothing about a person.

``support.nonce`` and ``support.leaves`` are the trigger's: never write them, and keep the row (whatever its state) as
long as its person may ask for a receipt.
"""
