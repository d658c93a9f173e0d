"""Input files, read as the model takes them."""
