"""The rows of the table of actions that belong to the places of this package."""

from app.ui.action_row import ActionRow

VIEW_ACTIONS: tuple[ActionRow, ...] = (
    ActionRow(
        "studies.add_references", "Add reference list…", (), "book-plus", "File", group="add",
        tooltip="Add a reference list and match it to the PDFs",
    ),
    ActionRow(
        "studies.read", "Read this study", ("Return",), "book-open-text", "Coding",
        scope="studies", group="studies", fixed=True,
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
        "studies.edit", "Edit this value", ("F2",), "pencil", "Coding", scope="studies",
        group="values", tooltip="Type the value of an attribute",
    ),
    ActionRow(
        "studies.passage", "Show the passage of this value", ("Alt+Return",), "quote", "Coding",
        scope="studies", group="values",
    ),
    ActionRow(
        "studies.copy", "Copy studies", ("Copy",), "copy", "Coding", scope="studies",
        group="values", tooltip="Copy the chosen rows with the heads of the columns",
    ),
    ActionRow(
        "studies.paste", "Paste values", ("Paste",), "", "Coding", scope="studies",
        group="values", tooltip="Paste tab-separated values from this cell on",
    ),
    ActionRow(
        "studies.columns", "Attributes and columns…", ("Ctrl+Shift+T",), "table-2", "Coding",
        group="values", tooltip="Define attributes of studies and choose columns",
    ),
    ActionRow(
        "studies.mark_retracted", "Retracted", (), "circle-alert", "Coding/Mark study",
        scope="studies", group="values",
    ),
    ActionRow(
        "studies.mark_concern", "Expression of concern", (), "triangle-alert",
        "Coding/Mark study", scope="studies", group="values",
    ),
    ActionRow(
        "studies.mark_corrected", "Corrected", (), "info", "Coding/Mark study", scope="studies",
        group="values",
    ),
    ActionRow(
        "studies.mark_none", "No mark", (), "", "Coding/Mark study", scope="studies",
        group="values",
    ),
    ActionRow(
        "studies.example", "Example list: unchecked candidates…", (), "", "File", group="add",
        tooltip="Look at an example list that nobody has checked; it asks before it adds",
    ),
    ActionRow(
        "studies.export", "Export the table of studies…", (), "download", "File", group="export",
    ),
    ActionRow(
        "studies.export_references", "Export references…", (), "download", "File",
        group="export", tooltip="Write the records as RIS, BibTeX or CSL JSON",
    ),
    ActionRow(
        "codebook.new_code", "New code", ("Ins",), "plus", "Coding", scope="codebook",
        group="codebook",
    ),
    ActionRow(
        "codebook.new_category", "New category", ("Shift+Ins",), "", "Coding", scope="codebook",
        group="codebook",
    ),
    ActionRow(
        "codebook.new_cluster", "New cluster", (), "", "Coding", scope="codebook",
        group="codebook",
    ),
    ActionRow(
        "codebook.rename", "Rename in the codebook", ("F2",), "pencil", "Coding",
        scope="codebook", group="codebook",
    ),
    ActionRow(
        "codebook.retire", "Retire code", ("Delete",), "archive", "Coding", scope="codebook",
        group="codebook", tooltip="Retire the code, or remove the empty group",
    ),
    ActionRow(
        "codebook.move_up", "Move up in the codebook", ("Alt+Up",), "arrow-up", "Coding",
        scope="codebook", group="codebook",
    ),
    ActionRow(
        "codebook.move_down", "Move down in the codebook", ("Alt+Down",), "arrow-down", "Coding",
        scope="codebook", group="codebook",
    ),
    ActionRow(
        "codebook.merge", "Merge into another code", (), "merge", "Coding", scope="codebook",
        group="codebook",
    ),
    ActionRow(
        "codebook.split", "Split the code", (), "split", "Coding", scope="codebook",
        group="codebook",
    ),
    ActionRow(
        "codebook.look_again", "Passages to look at again", (), "history", "Coding",
        group="codebook",
    ),
    ActionRow(
        "codebook.import", "Import a codebook…", (), "folder-open", "File", group="add",
        tooltip="Take in a codebook file (YAML, CSV, XLSX) after a preview",
    ),
    ActionRow(
        "codebook.export", "Export the codebook…", (), "download", "File", group="add",
        tooltip="Write the codebook as YAML, CSV or XLSX",
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
        "search.code_all", "Code all of these…", ("Ctrl+Shift+K",), "copy-check", "Coding",
        group="search", tooltip="Look through all places found and code them in one act",
    ),
    ActionRow(
        "memos.project", "Memo on the project", (), "sticky-note", "Coding", group="memos",
        tooltip="Write on the review as a whole",
    ),
    ActionRow(
        "memos.export", "Export memos…", (), "download", "Coding", group="memos",
        tooltip="Save the memos shown",
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
