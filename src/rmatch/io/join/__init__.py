"""Several tables about the same people: joined by a key into one, in which every cell still knows its file."""
