"""The table beside the network: one line per tie that meets the rule, drawn or not."""

import csv
from io import StringIO

from app.analysis.network_model import NetworkFigure

COLUMNS = (
    "code_a",
    "code_b",
    "cluster_a",
    "cluster_b",
    "n_studies",
    "n_overlaps",
    "jaccard",
    "p_a_given_b",
    "p_b_given_a",
    "max_study_share",
    "studies",
)


def tie_table(figure: NetworkFigure) -> bytes:
    """Return the ties as CSV in UTF-8, the strongest first, shares with four decimals."""
    sheet = StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    for row in figure.table:
        shares = (row.jaccard, row.a_given_b, row.b_given_a, row.largest_share)
        writer.writerow(
            (
                row.name_a,
                row.name_b,
                row.cluster_a,
                row.cluster_b,
                row.studies,
                row.overlaps,
                *(f"{share:.4f}" for share in shares),
                "; ".join(row.study_labels),
            )
        )
    return sheet.getvalue().encode("utf-8")
