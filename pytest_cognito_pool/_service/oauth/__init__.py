"""What the service's hosts answer besides the JSON API: documents for verifiers, sign-in pages and OAuth endpoints."""
