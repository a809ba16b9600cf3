"""Fields that are made of more than one column, or of other people: options, ranks, levels, bosses, wishes, week grids."""
