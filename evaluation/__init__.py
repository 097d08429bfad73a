"""How well it reads. `python -m evaluation` measures every set that is present; not part of the wheel."""
