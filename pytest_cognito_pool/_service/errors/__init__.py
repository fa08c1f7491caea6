"""The errors of the service: their texts by family, each with its source."""
