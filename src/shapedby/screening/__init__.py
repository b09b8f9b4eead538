"""Screening: every text a person typed is looked at before anybody else sees it."""
