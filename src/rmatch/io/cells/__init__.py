"""What a cell means: its text, the items of a list, and a value of each kind of column."""
