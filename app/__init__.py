"""Cofactor: code implementation factors in study PDFs."""

__version__ = "0.1.0"
