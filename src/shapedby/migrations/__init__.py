"""The changes of the database, in order; run by `shapedby migrate`."""
