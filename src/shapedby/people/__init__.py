"""People: who they are, how they sign in, their roles, and what staff did."""
