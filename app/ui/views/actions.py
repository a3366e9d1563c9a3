"""The rows of the table of actions that belong to the places of this package."""

from app.ui.action_row import ActionRow

VIEW_ACTIONS: tuple[ActionRow, ...] = (
    ActionRow(
        "studies.add_references", "Add reference list…", (), "book-plus", "File", group="add",
        tooltip="Add a reference list and match it to the PDFs",
    ),
    ActionRow(
        "studies.read", "Read this study", ("Return",), "book-open-text", "Coding",
        scope="studies", group="studies",
    ),
    ActionRow(
        "studies.join", "Join into one study", (), "merge", "Coding", scope="studies",
        group="studies", tooltip="Make the chosen studies one study with several reports",
    ),
    ActionRow(
        "studies.part", "Make this report a study", (), "split", "Coding", scope="studies",
        group="studies",
    ),
    ActionRow(
        "studies.remove", "Remove from the review", ("Delete",), "trash-2", "Coding",
        scope="studies", group="studies",
    ),
    ActionRow(
        "extracts.export", "Export extracts…", ("Ctrl+Shift+E",), "download", "Coding",
        group="extracts", tooltip="Save the extracts shown as a table",
    ),
    ActionRow(
        "extracts.copy", "Copy extracts", ("Copy",), "copy", "Coding", scope="extracts",
        group="extracts",
    ),
    ActionRow(
        "analysis.network", "Network", (), "waypoints", "Analysis", group="faces",
        tooltip="Which factors are discussed together",
    ),
    ActionRow(
        "analysis.table", "Codes by study", (), "table-2", "Analysis", group="faces",
        tooltip="How often each factor was found in each study",
    ),
    ActionRow(
        "analysis.fit", "Show the whole network", ("0",), "expand", "Analysis",
        scope="analysis", group="view",
    ),
    ActionRow(
        "analysis.larger", "Enlarge the network", ("+", "="), "zoom-in", "Analysis",
        scope="analysis", group="view",
    ),
    ActionRow(
        "analysis.smaller", "Shrink the network", ("-",), "zoom-out", "Analysis",
        scope="analysis", group="view",
    ),
    ActionRow(
        "analysis.export", "Export the network…", (), "image-down", "Analysis", group="export",
    ),
)  # fmt: skip
