"""Groups of mentors for each leader, where a want that several teach counts once."""
