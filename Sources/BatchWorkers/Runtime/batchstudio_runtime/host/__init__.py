"""The process that loads a scoring script and starts workers, and their channel to the executor."""
