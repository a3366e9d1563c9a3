"""Ties the keys of Differences to the view."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.ui.team.settle_choices import Act

if TYPE_CHECKING:
    from app.ui.team.settle import SettleView

SCOPE = "settle"
ELSEWHERE = "This works while you settle differences."
MOST_CODERS = 9
ACTS = (
    "union", "intersection", "adjust", "both", "other_code", "nothing", "defer", "ask", "issue",
)  # fmt: skip
ALWAYS = ("settle.next", "settle.previous", "settle.bulk", "settle.accept", "settle.names")


def connect_actions(view: "SettleView") -> None:
    """Connect the rows of the table of actions; a decision works only where it is on offer."""
    table = view.window_of_places.actions_table
    for action_id in (*(f"settle.take_{x}" for x in "ab"), *_takes(), *_decisions()):
        table.connect(action_id, lambda a=action_id: _act(view, a), enabled=False)
    table.connect("settle.next", lambda: view.walk(1), enabled=False)
    table.connect("settle.previous", lambda: view.walk(-1), enabled=False)
    table.connect("settle.bulk", view.open_bulk, enabled=False)
    table.connect("settle.accept", view.accept, enabled=False)
    table.connect("settle.names", view.names_box.toggle, enabled=False)
    table.attach(SCOPE, view)


def enable_acts(view: "SettleView", acts: Iterable[Act]) -> None:
    """Enable what can be done now; nothing while the view is not shown."""
    table = view.window_of_places.actions_table
    shown = view.isVisible()
    offered = {act.action_id: act for act in acts} if shown else {}
    for action_id in (*(f"settle.take_{x}" for x in "ab"), *_takes(), *_decisions()):
        act = offered.get(action_id)
        why = act.why if act is not None else ELSEWHERE
        table.enable(action_id, act is not None and not why, why)
    for action_id in ALWAYS:
        table.enable(action_id, shown, "" if shown else ELSEWHERE)


def _act(view: "SettleView", action_id: str) -> None:
    row = view.stage.row
    for act in view.deciding_acts.acts if row is not None else ():
        if act.action_id == action_id:
            view.want(act.name)


def _takes() -> Iterable[str]:
    return (f"settle.take_{number}" for number in range(1, MOST_CODERS + 1))


def _decisions() -> Iterable[str]:
    return (f"settle.{name}" for name in ACTS)
