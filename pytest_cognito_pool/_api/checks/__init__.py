"""What an author typed, checked before anything is made of it."""
