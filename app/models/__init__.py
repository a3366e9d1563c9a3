"""Nouns: what a project file holds, and the one door to change it."""

from app.models import codebook, coding, evidence, log, people
from app.models.changes import Changes
from app.models.project import Project

__all__ = ["Changes", "Project", "codebook", "coding", "evidence", "log", "people"]
