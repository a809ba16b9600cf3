"""The document that a round is kept in: its shape, how it is written, and how it is read and held against its people."""
