"""Projects in temporary folders."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models import Project
from app.models.device import DeviceIdentity


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A fresh project file of its own device."""
    made = Project.create(
        tmp_path / "review.cofactor", title="Review", device=DeviceIdentity("device-1", "One")
    )
    yield made
    made.close()
