"""Doors: one module per format, in or out."""
