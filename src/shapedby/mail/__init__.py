"""Mail: an outbox written in the transaction that causes it, and the sender that empties it."""
