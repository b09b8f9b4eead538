"""Taking part without e-mail: staff write ideas, comments and supports down for a person, who is answered by letter."""
