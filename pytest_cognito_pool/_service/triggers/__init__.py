"""Lambda triggers: how their events are built and their functions run."""
