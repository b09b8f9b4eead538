"""All SQL of co-production, by what it is about."""
