"""The tokens of a pool: their signatures, their claims and what a function may change in them."""
