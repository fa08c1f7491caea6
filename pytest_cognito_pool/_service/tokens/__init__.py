"""The tokens of a pool: how they are signed, what they say and what a function may change of them."""
