"""An answer checked again, by code that shares nothing with what found it."""
