"""What officers do with projects: one verb, one transaction."""
