"""The public objects, and the checks of what a test author types."""
