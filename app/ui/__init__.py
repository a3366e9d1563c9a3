"""Pixels: the window."""
