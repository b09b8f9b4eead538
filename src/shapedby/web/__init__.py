"""Pages, guards, errors and limits: what every slice's HTTP stands on."""
