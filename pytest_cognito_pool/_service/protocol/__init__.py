"""The protocol: the service model, and requests and replies on the wire."""
