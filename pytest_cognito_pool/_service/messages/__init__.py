"""The messages to users: where they go and what they say."""
