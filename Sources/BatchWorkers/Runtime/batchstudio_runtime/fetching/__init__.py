"""Remote inputs: listing them and getting their files."""
