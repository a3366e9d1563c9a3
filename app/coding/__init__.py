"""Verbs: what a coder or a team lead does."""
