"""What people say about themselves: the first questions, name, profile, and where they are signed in."""
