"""Several partners of one mentee as a group, in which a want that several teach counts once."""
