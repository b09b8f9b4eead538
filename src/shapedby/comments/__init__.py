"""Comments: what residents and the council say about an idea."""
