"""A user pool: its settings, schema, app clients and groups."""
