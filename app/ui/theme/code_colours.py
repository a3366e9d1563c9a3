"""Colours that a code may have of its own, beside that of its cluster.

They stay apart from each other under every kind of colour vision and stand out from the light and
the dark page alike; the square of such a code still begins with its cluster's colour.
"""

CODE_COLOURS: tuple[tuple[str, str], ...] = (
    ("Blue", "#3C5AE2"),
    ("Green", "#50A25B"),
    ("Lilac", "#B077E6"),
    ("Magenta", "#BE0F9F"),
    ("Rose", "#C678A4"),
    ("Red", "#D00E26"),
    ("Orange", "#EA6C0B"),
    ("Brown", "#7C625C"),
)
