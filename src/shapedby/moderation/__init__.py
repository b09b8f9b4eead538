"""Moderation: reports, cases and decisions."""
