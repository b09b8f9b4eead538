"""How officers weigh ideas and answer them: assessments, decisions with their reasons, the desk."""
