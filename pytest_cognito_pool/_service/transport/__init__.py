"""The transports: how requests arrive."""
