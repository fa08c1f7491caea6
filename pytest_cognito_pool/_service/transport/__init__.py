"""The ways in: how requests arrive."""
