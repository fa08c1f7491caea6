"""What a test holds and types."""
