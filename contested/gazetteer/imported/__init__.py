"""Files of places in other people's formats: which one a file is in, and its places as entries."""
