"""What Amazon Cognito does; knows nothing of pytest."""
