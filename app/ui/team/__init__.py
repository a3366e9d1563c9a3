"""The views of the place Team."""
