"""The built-in lists: what becomes of the data that libraries carry, and of our own list of regions."""
