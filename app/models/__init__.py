"""Nouns: what a project file holds, and the one door to change it."""

from app.models import attributes, codebook, coding, evidence, log, people, team
from app.models.changes import Changes
from app.models.project import Project

__all__ = [
    "Changes",
    "Project",
    "attributes",
    "codebook",
    "coding",
    "evidence",
    "log",
    "people",
    "team",
]
