"""Pools out of deployment templates: CloudFormation, SAM, CDK, and Terraform's JSON."""
