import os

# A region that is exported in a shell is kept, and the pools of the examples are in eu-central-1.
os.environ["AWS_DEFAULT_REGION"] = "eu-central-1"
