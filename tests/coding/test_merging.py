"""Three replicas, any edits, any order, any number of times: the same rows everywhere."""

import itertools
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.coding.checking import check_project
from app.coding.passages import code_passage, list_codings, recode, remove_codings, set_facet
from app.coding.people import add_coder, rename_coder
from app.coding.studies import rename_study
from app.errors import UserError
from app.models import Project
from app.models.base import logged_kinds
from app.models.device import DeviceIdentity
from app.models.evidence import Study
from app.models.heads import shown_state
from app.models.log import Head, KeptRow, Revision
from app.models.merge import conflicts_in, merge_file, settle_conflict
from app.models.people import Coder
from app.models.recorder import to_json
from tests.coding.conftest import Review, make_review

ACTS = ("code", "recode", "facet", "remove", "study", "coder", "drop coder", "undo", "redo")
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(ACTS), st.integers(0, 30)), min_size=4, max_size=22
)


def everything(project: Project) -> dict[str, object]:
    """Every row of the typed tables, the log and its heads."""
    with project.read() as session:
        rows = {
            f"{name} {row.id}": to_json(row.content())
            for name, kind in logged_kinds().items()
            for row in session.scalars(select(kind))
        }
        log = {
            (r.id, r.kind, r.row_id, r.parents, r.content)
            for r in session.scalars(select(Revision))
        }
        heads = {
            tuple(h) for h in session.execute(select(Head.kind, Head.row_id, Head.revision_id))
        }
        kept = {tuple(k) for k in session.execute(select(KeptRow.kind, KeptRow.row_id))}
        conflicts = [(c.kind, c.row_id) for c in conflicts_in(session.connection())]
    return {"rows": rows, "log": log, "heads": heads, "kept": kept, "conflicts": conflicts}


def act(review: Review, project: Project, what: str, number: int) -> None:
    """Do something, or be refused with a sentence."""
    codings = [c for c in list_codings(project) if c.coder_id == project.actor_id]
    one = codings[number % len(codings)].id if codings else None
    key = review.code(("mandate", "funding", "trust", "scrutiny")[number % 4])
    with project.read() as session:
        extra = session.scalars(select(Coder.id).where(Coder.name.like("Extra%"))).all()
        study = session.scalars(select(Study.id).order_by(Study.id)).all()[number % 2]
    try:
        if what == "code":
            code_passage(project, review.document, number, number + 12, key)
        elif what == "recode" and one:
            recode(project, [one], key)
        elif what == "facet" and one:
            set_facet(project, [one], "valence", [("barrier", "facilitator")[number % 2]])
        elif what == "remove" and one:
            remove_codings(project, [one])
        elif what == "study":
            rename_study(project, study, f"Label {number % 5}")
        elif what == "coder":
            if extra and number % 2:
                rename_coder(project, extra[0], f"Extra renamed {number}")
            else:
                add_coder(project, f"Extra {number}")
        elif what == "drop coder" and extra:
            with project.change("Remove coder") as session:
                session.delete(session.get_one(Coder, extra[number % len(extra)]))
        elif what == "undo":
            project.undo()
        elif what == "redo":
            project.redo()
    except UserError:
        pass


def replicas(folder: Path) -> tuple[Review, list[Project]]:
    base = make_review(folder / "base.cofactor")
    base.project.close()
    opened = []
    for number, coder in enumerate((base.ada, base.ben, base.ada)):
        path = folder / f"replica{number}.cofactor"
        shutil.copy(base.project.path, path)
        device = DeviceIdentity(f"laptop-{number}", f"Laptop {number}")
        project = Project.open(path, device=device, back_up=False)
        project.actor_id = coder
        opened.append(project)
    return base, opened


@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(before=STEPS, after=STEPS)
def test_replicas_agree_whatever_the_order(tmp_path_factory, before, after):
    folder = tmp_path_factory.mktemp("replicas")
    review, projects = replicas(folder)
    for number, what, value in before:
        act(review, projects[number], what, value)
    merge_file(projects[0], projects[1].path)
    merge_file(projects[1], projects[0].path)
    for number, what, value in after:
        act(review, projects[number], what, value)
    for project in projects:
        project.close()
    outcomes = []
    for order in itertools.permutations(range(3)):
        target = folder / f"merged{''.join(map(str, order))}.cofactor"
        shutil.copy(projects[order[0]].path, target)
        merged = Project.open(target, device=DeviceIdentity("lead", "Lead"), back_up=False)
        # From each replica, one of the two orders takes everything in again and again.
        again = (*order, order[1]) if order[1] == (order[0] + 1) % 3 else ()
        for other in (*order[1:], *again):
            merge_file(merged, projects[other].path)
        outcomes.append(everything(merged))
        if order == (0, 1, 2):
            assert check_project(merged).findings == ()
        merged.close()
    for outcome in outcomes[1:]:
        assert outcome == outcomes[0]


def test_taking_in_the_same_file_twice_changes_nothing(tmp_path):
    review, (lead, ben, _) = replicas(tmp_path)
    code_passage(ben, review.document, 16, 30, review.code("mandate"))
    assert merge_file(lead, ben.path).added["coding"] == 1
    before = everything(lead)
    assert merge_file(lead, ben.path).is_empty
    assert everything(lead) == before


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path):
    review, (lead, ben, _) = replicas(tmp_path)
    code_passage(ben, review.document, 16, 30, review.code("mandate"))
    before = everything(lead)
    foretold = merge_file(lead, ben.path, dry_run=True)
    assert everything(lead) == before
    assert merge_file(lead, ben.path).added == foretold.added


def test_two_laptops_of_one_coder_in_conflict_are_settled_not_overwritten(tmp_path):
    review, (first, _, second) = replicas(tmp_path)
    coding = code_passage(first, review.document, 16, 30, review.code("mandate"))
    merge_file(second, first.path)
    recode(first, [coding], review.code("trust"))
    recode(second, [coding], review.code("funding"))
    report = merge_file(first, second.path)
    (conflict,) = report.conflicts
    assert conflict.row_id == coding
    codes = {v["code_id"] for v in conflict.versions.values() if v}
    assert codes == {review.code("trust"), review.code("funding")}
    with pytest.raises(UserError, match="Two people changed"):
        recode(first, [coding], review.code("mandate"))
    chosen = next(i for i, v in conflict.versions.items() if v["code_id"] == review.code("funding"))
    settle_conflict(first, conflict, chosen)
    merge_file(second, first.path)
    for project in (first, second):
        (shown,) = list_codings(project)
        assert shown.code_id == review.code("funding")
        with project.read() as session:
            assert conflicts_in(session.connection()) == ()
    assert everything(first) == everything(second)


def test_the_same_act_on_two_laptops_is_no_conflict(tmp_path):
    _, (first, _, second) = replicas(tmp_path)
    rename_study(first, _study(first), "Same label")
    rename_study(second, _study(second), "Same label")
    assert merge_file(first, second.path).conflicts == ()
    rename_study(first, _study(first), "Later label")
    merge_file(second, first.path)
    assert everything(first) == everything(second)


def test_what_one_removed_and_another_used_is_kept_until_the_use_ends(tmp_path):
    review, (lead, ben, _) = replicas(tmp_path)
    with lead.change("Remove coder") as session:
        session.delete(session.get_one(Coder, review.ben))
    coding = code_passage(ben, review.document, 16, 30, review.code("mandate"))
    merge_file(lead, ben.path)
    with lead.read() as session:
        assert session.get_one(Coder, review.ben).name == "Ben Sample"
    remove_codings(ben, [coding])
    ben.undo()
    merge_file(ben, lead.path)
    assert everything(lead)["rows"] == everything(ben)["rows"]


def _study(project: Project) -> str:
    with project.read() as session:
        return session.scalars(select(Study.id).order_by(Study.id)).all()[0]


def test_the_earliest_living_head_is_shown():
    assert shown_state({"b": "2", "a": "1"}) == "1"
    assert shown_state({"a": None, "b": "2"}) == "2"
    assert shown_state({"a": None}) is None
