"""The register of parties: who there is, under which names and when, part of whom, on whose side."""
