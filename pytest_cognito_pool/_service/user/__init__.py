"""A user: the record, its status, names, passwords and codes."""
