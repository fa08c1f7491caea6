"""The trigger sources, and the events that functions get: pydantic models for each trigger."""
