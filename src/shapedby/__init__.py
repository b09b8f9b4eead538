"""Shaped By: a council asks its residents for ideas, and builds the best of them with those residents."""
