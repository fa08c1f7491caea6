"""Checks of what a test author typed, before it is used."""
