"""Commands on studies: their attributes, and marks of integrity."""

from typing import Annotated

import typer

from app.cli.shared import AsJson, ProjectPath, app, counted, note, open_project, print_json

StudyName = Annotated[str, typer.Argument(help="Id or label of a study, such as “Okafor 2021”.")]
CoderName = Annotated[str | None, typer.Option("--coder", help="Id or name; else you.")]


@app.command()
def attributes(
    project: ProjectPath,
    usual: Annotated[
        bool, typer.Option("--add-usual", help="Add the usual set of a systematic review.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the attributes that the team records of each study."""
    from app.coding.attributes import KIND_NAMES, STARTERS, add_attributes, list_attributes

    with open_project(project) as opened:
        if usual:
            names = {one.name for one in list_attributes(opened, retired=True)}
            add_attributes(opened, [one for one in STARTERS if one.name not in names])
        known = list_attributes(opened)
    if as_json:
        print_json(
            [
                {"id": one.id, "name": one.name, "kind": one.kind, "values": list(one.options)}
                for one in known
            ]
        )
        return
    for one in known:
        values = f": {', '.join(one.options)}" if one.options else ""
        print(f"{one.name} ({KIND_NAMES[one.kind].lower()}){values}")
    note(f"{counted(len(known), 'attribute')}.")


@app.command(name="set")
def set_attribute(
    project: ProjectPath,
    study: StudyName,
    attribute: Annotated[str, typer.Argument(help="Name of an attribute.")],
    value: Annotated[str, typer.Argument(help="The value; several with ; nothing clears it.")],
    coder: CoderName = None,
) -> None:
    """Set an attribute of a study."""
    from app.coding.attribute_values import set_value
    from app.coding.attributes import find_attribute
    from app.coding.people import find_coder
    from app.coding.studies import find_study

    with open_project(project) as opened:
        who = find_coder(opened, coder).id if coder else None
        found, known = find_study(opened, study), find_attribute(opened, attribute)
        set_value(opened, found.id, known.id, value, coder_id=who)
    note(f"{found.label}, {known.name}: {value or 'no value'}.")


@app.command()
def mark(
    project: ProjectPath,
    study: StudyName,
    flag: Annotated[
        str, typer.Option("--as", help="retracted, concern, corrected, or none to take it away.")
    ],
    reason: Annotated[str, typer.Option(help="Who says so, and where.")] = "",
) -> None:
    """Mark a study as retracted, corrected or under an expression of concern."""
    from app.coding.studies import INTEGRITY, find_study, set_integrity

    key = "" if flag == "none" else flag
    with open_project(project) as opened:
        found = find_study(opened, study)
        set_integrity(opened, found.id, key, reason)
    note(f"{found.label}: {INTEGRITY[key].lower()}.")
