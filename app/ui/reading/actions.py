"""The reading view's rows of the table of actions.

Single letters are the codebook's hot keys and the keys that belong to the caret (S, P, valence
symbols, brackets); the page itself listens for those, see ``keys``.
"""

from app.ui.action_row import ActionRow

READING_ACTIONS: tuple[ActionRow, ...] = (
    ActionRow("read.copy", "Copy with source", ("Copy",), "copy", "Edit", scope="reading",
              group="clipboard", tooltip="Copy the selected words with study and page"),
    ActionRow("read.select_page", "Select the page", ("SelectAll",), "", "Edit", scope="reading",
              group="clipboard"),
    ActionRow("read.next_page", "Next page", ("Ctrl+PgDown",), "chevron-down", "View",
              scope="reading", group="page"),
    ActionRow("read.previous_page", "Previous page", ("Ctrl+PgUp",), "chevron-up", "View",
              scope="reading", group="page"),
    ActionRow("read.zoom_in", "Larger page", ("Ctrl++", "Ctrl+="), "plus", "View/Zoom",
              scope="reading", group="page"),
    ActionRow("read.zoom_out", "Smaller page", ("Ctrl+-",), "minus", "View/Zoom",
              scope="reading", group="page"),
    ActionRow("read.zoom_whole", "Printed size", ("Ctrl+0",), "", "View/Zoom", scope="reading",
              group="page"),
    ActionRow("read.zoom_width", "Fit the width", ("Ctrl+9",), "move-horizontal", "View/Zoom",
              scope="reading", group="page"),
    ActionRow("read.others", "Other coders' layers", ("Ctrl+L",), "users", "View",
              scope="reading", group="panels", checkable=True,
              tooltip="Show or hide what other coders have coded"),
    ActionRow("read.left_panel", "Codes and codings", ("Ctrl+B",), "panel-left", "View",
              scope="reading", group="panels", checkable=True),
    ActionRow("read.right_panel", "About the coding", ("Ctrl+I",), "panel-right", "View",
              scope="reading", group="panels", checkable=True),
    ActionRow("code.find", "Find a code", ("/",), "search", "Coding", scope="reading",
              tooltip="Find a code for the selected passage"),
    ActionRow("code.recode", "Change the code", ("F2",), "pencil", "Coding", scope="reading"),
    ActionRow("code.memo", "Memo on the coding", ("Ctrl+M",), "sticky-note", "Coding",
              scope="reading"),
    ActionRow("code.remove", "Remove the coding", ("Del", "Backspace"), "trash-2", "Coding",
              scope="reading"),
    ActionRow("code.next", "Next coding", ("Alt+Down",), "arrow-down", "Coding", scope="reading",
              group="walk"),
    ActionRow("code.previous", "Previous coding", ("Alt+Up",), "arrow-up", "Coding",
              scope="reading", group="walk"),
)  # fmt: skip
