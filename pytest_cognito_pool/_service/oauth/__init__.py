"""What hosts of the service have beside the JSON API: documents for verifiers, sign-in pages and OAuth endpoints."""
