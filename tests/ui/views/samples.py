"""A small codebook and rows made by hand."""

from app.coding.codebook import Category, Cluster, Code, Codebook, standard_facets
from app.ui.views.studies_rows import Note, Progress, TableRow

CLUSTERS = (
    Cluster("c1", "1", "Systems and structures", "1"),
    Cluster("c2", "2", "Relational processes", "2"),
    Cluster("c0", "context", "Context", "", True),
)
CATEGORIES = (
    Category("k1", "maw", "Multi-agency working", "c1"),
    Category("k2", "info", "Information", "c1"),
    Category("k3", "relp", "Partners", "c2"),
    Category("k4", "ctx", "Outer context", "c0"),
)
CODES = (
    Code(
        "x1",
        "maw.mandate",
        "Clarity of mandate",
        "k1",
        "c1",
        ("c2",),
        "Whether each body knows what it may do.",
        "Written mandates.",
        "Trust as such (relp.trust).",
        "Nobody knew who was to call the school.",
        ("relp.trust",),
        "",
        "m",
    ),
    Code("x2", "maw.aims", "Shared aims", "k1", "c1"),
    Code("x3", "info.sharing", "Agreement on sharing", "k2", "c1", hot_key="i"),
    Code("x4", "relp.trust", "Trust between partners", "k3", "c2", colour="#336699"),
    Code("x5", "ctx.pressure", "Pression politique élevée", "k4", "c0"),
    Code("x6", "maw.old", "Given up", "k1", "c1", retired=True),
)


def small_codebook() -> Codebook:
    return Codebook(
        "b1", "small", "Small codebook", "1.0", "en", "", CLUSTERS, CATEGORIES, CODES,
        standard_facets("small"),
    )  # fmt: skip


def study_rows() -> tuple[TableRow, ...]:
    document = TableRow(
        "document", "d1", "s1", "okafor_2021.pdf", pdfs=1, pages=18, language="English",
        progress=(Progress(12, 0, 1, 0.64), Progress(9, 1, 1, 0.9)), document_id="d1",
    )  # fmt: skip
    other = TableRow(
        "document", "d2", "s1", "okafor_2021b.pdf", pdfs=1, pages=7, language="English",
        progress=(Progress(0, 0, 1, 0.0), Progress(4, 1, 1, 0.5)), document_id="d2",
    )  # fmt: skip
    return (
        TableRow(
            "study", "s1", "s1", "Okafor 2021", "Panels in five towns", "2021", 1, 2, 25,
            "English", (Progress(12, 0, 2, 0.32), Progress(13, 2, 2, 0.7)), (), "d1",
            (document, other),
        ),
        TableRow(
            "study", "s2", "s2", "Iyer 2020", "Scoring and seeing", "2020", 1, 0, 0, "",
            (Progress(), Progress()), (Note("No PDF", "warning", "file-question-mark"),),
        ),
        TableRow(
            "study", "s3", "s3", "Ångström 2004", "Tillit i praktiken", "2004", 2, 1, 112,
            "Norwegian", (Progress(3, 0, 1, 0.1), Progress()), (), "d3",
        ),
    )  # fmt: skip
