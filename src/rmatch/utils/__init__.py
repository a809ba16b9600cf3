"""Small tools that know nothing of people or points: checks of arguments, labels, memory, threads, files, frames."""
