"""The words of the place Analysis: its faces, what a click does, what can be saved."""

NETWORK, TABLE = "network", "table"
FORMATS = (
    ("SVG picture (*.svg)", ".svg"),
    ("PDF page (*.pdf)", ".pdf"),
    ("PNG picture (*.png)", ".png"),
    ("GraphML for graph programs (*.graphml)", ".graphml"),
    ("GEXF for Gephi (*.gexf)", ".gexf"),
    ("Table of ties (*.csv)", ".csv"),
)
HINTS = {
    NETWORK: "Click a code or a tie, or go through them with Tab, to read the passages behind it.",
    TABLE: "Click a cell, a code or a study to read the passages behind its number.",
}
