"""Who stands in when somebody declines, and what to expect of the first answers."""
