import math
import os
import subprocess
import sys

import pytest

from app.cli import main
from app.paths import ROOT
from app.ui.bench import run_bench
from app.ui.bench.memory import resident_megabytes
from app.ui.bench.promise import Measurement, NotMeasured, Promise, median, p95, rounded, spoken
from app.ui.bench.running import PROMISES

KEYS = {"name", "measured", "unit", "bar", "ok", "repeats", "how"}


def quietly(_words: str) -> None:
    """Hear of progress and say nothing."""


def test_a_measured_row_is_whole_and_leaves_the_settings_alone():
    home = os.environ["COFACTOR_HOME"]
    said: list[str] = []
    (row,) = run_bench(only="SEARCH", progress=said.append)
    assert set(row) == KEYS
    assert math.isfinite(row["measured"])
    assert row["measured"] > 0
    assert row["ok"] == (row["measured"] <= row["bar"])
    assert row["repeats"] >= 5
    assert row["how"]
    assert said
    assert os.environ["COFACTOR_HOME"] == home


def test_names_tell_promises_apart():
    names = [promise.name for promise in PROMISES]
    assert len(names) == len(set(names))
    assert all(promise.bar > 0 for promise in PROMISES)


def test_a_name_that_nothing_bears_is_told_with_those_there_are(capsys):
    assert run_bench(only="xyzzy", progress=quietly) == []
    assert main(["bench", "--only", "xyzzy"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert PROMISES[0].name in told.err
    assert "xyzzy" in told.err


@pytest.mark.parametrize(
    ("value", "bar", "ok"), [(2.0, 2.0, True), (2.01, 2.0, False), (math.inf, 2.0, False)]
)
def test_the_bar_itself_keeps_the_promise(value, bar, ok):
    promise = Promise("A thing", "x", bar, lambda _material: Measurement(value, 5, "counted"))
    row = promise.row(None)
    assert row["ok"] is ok
    assert row["measured"] is None or math.isfinite(row["measured"])


def test_what_cannot_be_measured_says_why():
    def fail(_material):
        raise NotMeasured("there is no window here.")

    row = Promise("A thing", "ms", 1, fail).row(None)
    assert (row["measured"], row["ok"], row["repeats"]) == (None, False, 0)
    assert "there is no window here" in row["how"]


def test_the_numbers_are_what_they_are_called():
    assert median([3, 1, 2]) == 2
    assert p95(range(1, 101)) == 95
    assert p95([7.0]) == 7.0
    assert rounded(0.012345) == 0.0123
    for of in (median, p95):
        with pytest.raises(NotMeasured):
            of([])


def test_the_memory_of_this_process_is_of_a_plausible_size():
    found = resident_megabytes()
    assert all(10 < size < 10_000 for size in found)


def test_what_measures_the_start_adds_nothing_to_it():
    code = "import sys, app.ui.bench.start_probe; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_the_window_is_measured_in_processes_of_its_own():
    (row,) = run_bench(only="start to window", progress=quietly)
    assert math.isfinite(row["measured"])
    assert 0.05 < row["measured"] < 60
    assert row["repeats"] >= 5


def test_times_are_spoken_in_the_unit_that_fits():
    assert spoken(0.0123456) == "12.3 ms"
    assert spoken(1.5) == "1.5 s"
