"""The trigger sources, and the events that functions get: one pydantic model for each trigger."""
