"""Workers: mini-batches, the scoring script, what is reported of them."""
