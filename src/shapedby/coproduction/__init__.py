"""Co-production: a shortlisted idea built with residents through four phases."""
