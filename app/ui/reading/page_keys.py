"""The page's own rows of the table of actions: keys that are in no menu.

The page reads these keys itself (``keys``), because letters may be the hot key of a code, and
because they work only while the page has the focus, never in a field.
"""

from app.ui.action_row import ActionRow

RECENT, STAGES = 9, 9
"""How many of the codes used last, and how many stages, have a key."""

SELECT, RESIZE = "Selecting", "Ends of a coding"

PAGE_ACTIONS: tuple[ActionRow, ...] = (
    ActionRow("page.sentence", "Select the sentence, then one more", ("S",), scope="page",
              group=SELECT),
    ActionRow("page.sentence_before", "One sentence more at the start", ("Shift+S",), scope="page",
              group=SELECT),
    ActionRow("page.paragraph", "Select the paragraph, then one more", ("P",), scope="page",
              group=SELECT),
    ActionRow("page.paragraph_before", "One paragraph more at the start", ("Shift+P",),
              scope="page", group=SELECT),
    ActionRow("page.letters", "Select letter by letter", ("Shift+Left", "Shift+Right"),
              scope="page", group=SELECT, fixed=True, listed=False),
    ActionRow("page.words", "Select word by word", ("Ctrl+Shift+Left", "Ctrl+Shift+Right"),
              scope="page", group=SELECT, fixed=True, listed=False),
    ActionRow("page.enter", "Code the selection, or open the card", ("Return",), scope="page",
              group=SELECT, fixed=True),
    ActionRow("page.overlapping", "Next coding of the same words", ("Tab",), scope="page",
              group=SELECT, fixed=True),
    ActionRow("page.leave", "Let go of selection and coding", ("Esc",), scope="page",
              group=SELECT, fixed=True),
    ActionRow("page.longer_end", "Coding longer at its end", ("]", "Alt+Right"), scope="page",
              group=RESIZE),
    ActionRow("page.shorter_end", "Coding shorter at its end", ("Shift+]", "Alt+Left", "}"),
              scope="page", group=RESIZE),
    ActionRow("page.longer_start", "Coding longer at its start", ("[", "Alt+Shift+Left"),
              scope="page", group=RESIZE),
    ActionRow("page.shorter_start", "Coding shorter at its start",
              ("Shift+[", "Alt+Shift+Right", "{"), scope="page", group=RESIZE),
)  # fmt: skip


def _numbered(kind: str, text: str, keys: str, most: int) -> tuple[ActionRow, ...]:
    return tuple(
        ActionRow(
            id=f"page.{kind}_{number}",
            text=text.format(number),
            keys=(f"{keys}{number}",),
            scope="page",
            group=kind,
            listed=False,
        )
        for number in range(1, most + 1)
    )


RECENT_ACTIONS = _numbered("recent", "Recent code {}", "", RECENT)
STAGE_ACTIONS = _numbered("stage", "Stage {}", "Alt+", STAGES)
ALL_PAGE_ACTIONS = (*PAGE_ACTIONS, *RECENT_ACTIONS, *STAGE_ACTIONS)
