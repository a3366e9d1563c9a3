"""Colours that a code may have of its own, beside that of its cluster.

They keep apart from the cluster hues in lightness or hue, also for colour-blind readers; the
square of such a code still begins with its cluster's colour.
"""

CODE_COLOURS: tuple[tuple[str, str], ...] = (
    ("Teal", "#2A9D8F"),
    ("Sky", "#4BA3E3"),
    ("Violet", "#7E57C2"),
    ("Orange", "#E07A1F"),
    ("Brick", "#B5422C"),
    ("Moss", "#6B8E23"),
    ("Brown", "#7A5C3E"),
    ("Slate", "#4A5A6A"),
)
