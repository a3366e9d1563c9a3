"""Ties the actions of this package to the places; an action of the menus goes there first."""

from functools import partial

from app.ui.place import Window

# action id: place, method, arguments
DOORS: dict[str, tuple[str, str, tuple[object, ...]]] = {
    "studies.add_references": ("studies", "ask_references", ()),
    "studies.read": ("studies", "read_chosen", ()),
    "studies.join": ("studies", "join_chosen", ()),
    "studies.part": ("studies", "part_chosen", ()),
    "studies.remove": ("studies", "remove_chosen", ()),
    "studies.edit": ("studies", "edit_value", ()),
    "studies.passage": ("studies", "show_passage", ()),
    "studies.copy": ("studies", "copy", ()),
    "studies.paste": ("studies", "paste", ()),
    "studies.columns": ("studies", "show_columns", ()),
    "studies.mark_retracted": ("studies", "mark", ("retracted",)),
    "studies.mark_concern": ("studies", "mark", ("concern",)),
    "studies.mark_corrected": ("studies", "mark", ("corrected",)),
    "studies.mark_none": ("studies", "mark", ("",)),
    "studies.example": ("studies", "show_example", ()),
    "studies.export": ("studies", "ask_table", ()),
    "studies.export_references": ("studies", "ask_reference_file", ()),
    "codebook.new_code": ("codebook", "new_code", ()),
    "codebook.new_category": ("codebook", "new_category", ()),
    "codebook.new_cluster": ("codebook", "new_cluster", ()),
    "codebook.rename": ("codebook", "rename", ()),
    "codebook.retire": ("codebook", "retire", ()),
    "codebook.move_up": ("codebook", "move_chosen", (-1,)),
    "codebook.move_down": ("codebook", "move_chosen", (1,)),
    "codebook.merge": ("codebook", "merge", ()),
    "codebook.split": ("codebook", "split", ()),
    "codebook.look_again": ("codebook", "look_again", ()),
    "codebook.import": ("codebook", "ask_import", ()),
    "codebook.export": ("codebook", "ask_export", ()),
    "extracts.export": ("extracts", "ask_export", ()),
    "extracts.copy": ("extracts", "copy", ()),
    "memos.project": ("memos", "write_on_project", ()),
    "memos.export": ("memos", "ask_export", ()),
    "team.new_round": ("team", "call", ("overview", "new_round")),
    "team.share": ("team", "call", ("overview", "share")),
    "team.hand_out": ("team", "call", ("overview", "hand_out")),
    "team.export_log": ("team", "call", ("log", "ask_export")),
    "team.take_in": ("team", "call", ("files", "ask_files")),
    "team.send_back": ("team", "call", ("overview", "ask_send_back")),
    "agreement.show": ("team", "show_view", ("agreement",)),
    "agreement.methods": ("team", "call", ("agreement", "show_methods")),
    "agreement.runs": ("team", "call", ("agreement", "show_runs")),
    "agreement.export": ("team", "call", ("agreement", "ask_export")),
    "search.code_all": ("search", "code_all", ()),
    "analysis.network": ("analysis", "show_face", ("network",)),
    "analysis.table": ("analysis", "show_face", ("table",)),
    "analysis.fit": ("analysis", "fit", ()),
    "analysis.larger": ("analysis", "enlarge", ()),
    "analysis.smaller": ("analysis", "shrink", ()),
    "analysis.export": ("analysis", "ask_export", ()),
}
ON_A_CHOICE = (
    "studies.read", "studies.join", "studies.part", "studies.remove", "studies.edit",
    "studies.passage", "studies.copy", "studies.paste",
)  # fmt: skip


def wire(window: Window, own_place: str) -> None:
    """Connect the actions of a place that has just been made."""
    for action_id, (place, method, arguments) in DOORS.items():
        if place == own_place:
            act = partial(_call, window, place, method, arguments)
            possible = action_id not in ON_A_CHOICE
            window.actions_table.connect(action_id, act, enabled=possible)


def _call(window: Window, place: str, method: str, arguments: tuple[object, ...]) -> None:
    getattr(window.go(place), method)(*arguments)
