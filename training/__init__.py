"""How the weights are made again from the shared sets. Not part of the wheel; needs `pip install -e '.[train]'`."""
