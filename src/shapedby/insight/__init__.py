"""What anybody can take away: the read API's description, figures, open data, and the map for search engines."""
