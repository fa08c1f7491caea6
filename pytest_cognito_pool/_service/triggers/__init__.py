"""Lambda triggers: their events built, their functions run."""
