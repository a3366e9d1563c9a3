"""What was reported as done is on the disk, also when the program is killed at any moment."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.coding.checking import check_project
from app.coding.passages import list_codings
from app.models import Project
from tests.coding.conftest import make_review

ENDLESS_CODING = """
import sys
from pathlib import Path
from app.coding.passages import code_passage
from app.models import Project
project = Project.open(Path(sys.argv[1]), back_up=False)
project.actor_id = sys.argv[3]
for number in range(100000):
    start = number % 150
    print(code_passage(project, sys.argv[2], start, start + 2 + number // 150, sys.argv[4]),
          flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a matter of POSIX systems")
@pytest.mark.parametrize("moment", [0.0, 0.004, 0.011])
def test_killing_the_program_while_it_codes_loses_nothing(tmp_path: Path, moment: float):
    review = make_review(tmp_path / "r.cofactor")
    review.project.close()
    path = review.project.path
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESS_CODING, path, review.document, review.ada,
         review.code("trust")],
        stdout=subprocess.PIPE, text=True, env=dict(os.environ))  # fmt: skip
    reported = [process.stdout.readline().strip() for _ in range(20)]
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    reported += process.communicate()[0].split()[:-1]
    project = Project.open(path, back_up=False)
    try:
        codings = {coding.id for coding in list_codings(project)}
        assert len(reported) >= 19
        assert set(reported) <= codings
        assert check_project(project).findings == ()
    finally:
        project.close()
