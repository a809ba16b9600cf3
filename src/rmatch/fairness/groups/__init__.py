"""Match rates and gains by groups, exactly tested, and without anything that would give somebody away."""
