"""Signing in: which flows an app client allows, and the Secure Remote Password protocol."""
