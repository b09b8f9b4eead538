"""How fast the pages are, as shares of what a bare handler of the same framework does in the same run."""
