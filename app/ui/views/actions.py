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
        "team.new_round", "New round…", (), "plus", "Team", group="rounds",
        tooltip="Begin a calibration or coding round",
    ),
    ActionRow(
        "team.share", "Put documents on lists…", (), "list", "Team", group="rounds",
        tooltip="Say who codes which documents, one by one or shared out",
    ),
    ActionRow(
        "team.assign", "On the list or off", ("Space",), "check", "Team", scope="team",
        group="rounds", tooltip="Put the chosen documents on the coder's list, or take them off",
    ),
    ActionRow(
        "team.unassign", "Take off the list", ("Delete",), "minus", "Team", scope="team",
        group="rounds",
    ),
    ActionRow(
        "team.reopen", "Open again", (), "history", "Team", scope="team", group="rounds",
        tooltip="Open submitted documents again; the log keeps that",
    ),
    ActionRow(
        "team.read", "Read this document", ("Return",), "book-open-text", "Team", scope="team",
        group="rounds", fixed=True,
    ),
    ActionRow(
        "team.show_codings", "Show these codings", (), "quote", "Team", scope="team",
        group="rounds",
    ),
    ActionRow(
        "team.hand_out", "Hand out…", (), "download", "Team", group="files",
        tooltip="Write a blind copy for one coder",
    ),
    ActionRow(
        "team.take_in", "Take in a hand-in…", (), "folder-open", "Team", group="files",
        tooltip="First you see what it would bring; it can be taken back",
    ),
    ActionRow(
        "team.export_log", "Export the log…", (), "download", "Team", group="log",
        tooltip="Save the acts shown in the log as CSV or XLSX",
    ),
    ActionRow(
        "team.send_back", "Send back…", (), "download", "Team", group="files",
        tooltip="Write the file with your own work for the team lead",
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
        "settle.next", "Next difference", ("Alt+Down",), "", "Team/Settle", scope="settle",
        group="settle",
    ),
    ActionRow(
        "settle.previous", "Previous difference", ("Alt+Up",), "", "Team/Settle",
        scope="settle", group="settle",
    ),
    ActionRow(
        "settle.take_a", "Take the first coder's passage", ("A",), "", "Team/Settle",
        scope="settle", group="settle",
    ),
    ActionRow(
        "settle.take_b", "Take the second coder's passage", ("B",), "", "Team/Settle",
        scope="settle", group="settle",
    ),
    ActionRow(
        "settle.take_1", "Take the passage of coder 1", ("1",), "",
        "Team/Settle among several", scope="settle", group="settle",
    ),
    ActionRow(
        "settle.take_2", "Take the passage of coder 2", ("2",), "",
        "Team/Settle among several", scope="settle", group="settle",
    ),
    ActionRow(
        "settle.take_3", "Take the passage of coder 3", ("3",), "",
        "Team/Settle among several", scope="settle", group="settle",
    ),
    ActionRow(
        "settle.take_4", "Take the passage of coder 4", ("4",), "",
        "Team/Settle among several", scope="settle", group="settle",
    ),
    ActionRow(
        "settle.take_5", "Take the passage of coder 5", ("5",), "",
        "Team/Settle among several", scope="settle", group="settle",
    ),
    ActionRow(
        "settle.take_6", "Take the passage of coder 6", ("6",), "",
        "Team/Settle among several", scope="settle", group="settle",
    ),
    ActionRow(
        "settle.take_7", "Take the passage of coder 7", ("7",), "",
        "Team/Settle among several", scope="settle", group="settle",
    ),
    ActionRow(
        "settle.take_8", "Take the passage of coder 8", ("8",), "",
        "Team/Settle among several", scope="settle", group="settle",
    ),
    ActionRow(
        "settle.take_9", "Take the passage of coder 9", ("9",), "",
        "Team/Settle among several", scope="settle", group="settle",
    ),
    ActionRow(
        "settle.union", "Take the union", ("U",), "", "Team/Settle", scope="settle",
        group="settle",
    ),
    ActionRow(
        "settle.intersection", "Take the intersection", ("I",), "", "Team/Settle",
        scope="settle", group="settle",
    ),
    ActionRow(
        "settle.adjust", "Adjust the ends", ("D",), "", "Team/Settle", scope="settle",
        group="settle",
    ),
    ActionRow(
        "settle.both", "Keep both", ("O",), "", "Team/Settle", scope="settle", group="settle",
    ),
    ActionRow(
        "settle.other_code", "Give another code or value…", ("C",), "", "Team/Settle",
        scope="settle", group="settle",
    ),
    ActionRow(
        "settle.nothing", "Nothing here…", ("N",), "", "Team/Settle", scope="settle",
        group="settle",
    ),
    ActionRow(
        "settle.defer", "Settle it later", ("L",), "", "Team/Settle", scope="settle",
        group="settle",
    ),
    ActionRow(
        "settle.ask", "Ask about it…", ("?",), "", "Team/Settle", scope="settle",
        group="settle",
    ),
    ActionRow(
        "settle.issue", "Note a codebook issue…", ("K",), "", "Team/Settle", scope="settle",
        group="settle",
    ),
    ActionRow(
        "settle.bulk", "Settle in bulk…", (), "copy-check", "Team/Settle", scope="settle",
        group="settle",
    ),
    ActionRow(
        "settle.accept", "Accept what is agreed", (), "", "Team/Settle", scope="settle",
        group="settle",
    ),
    ActionRow(
        "settle.names", "Hide names while settling", (), "", "Team/Settle", scope="settle",
        group="settle", tooltip="Show Coder 1 and Coder 2 instead of names, or names again",
    ),
    ActionRow(
        "agreement.show", "Agreement between coders", (), "", "Team", group="agreement",
        tooltip="How alike coders are, code by code",
    ),
    ActionRow(
        "agreement.methods", "Methods paragraph", (), "file-text", "Team", group="agreement",
        tooltip="The paragraph for a methods section, with settings and numbers",
    ),
    ActionRow(
        "agreement.runs", "Kept runs of agreement", (), "history", "Team", group="agreement",
        tooltip="Keep what agreement shows, repeat or compare what was kept",
    ),
    ActionRow(
        "agreement.export", "Export the agreement report…", (), "download", "Team",
        group="agreement",
    ),
    ActionRow(
        "agreement.copy", "Copy the table of agreement", ("Copy",), "copy", "Team",
        scope="agreement", group="agreement",
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
