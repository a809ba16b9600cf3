"""What is different from an earlier round: which pairs are kept, which are new, which are broken, and why."""
