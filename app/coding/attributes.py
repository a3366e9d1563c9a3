"""Attributes of studies as the team defines them: named, typed, ordered, with lists of values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.coding.folding import fold
from app.errors import UserError
from app.models import Project, ids
from app.models.attributes import Attribute, AttributeValue

TEXT, NUMBER, YEAR, YES_NO, CHOICE, CHOICES = KINDS = (
    "text",
    "number",
    "year",
    "yes_no",
    "choice",
    "choices",
)
KIND_NAMES = {
    TEXT: "Text",
    NUMBER: "Number",
    YEAR: "Year",
    YES_NO: "Yes or no",
    CHOICE: "One of a list",
    CHOICES: "Several of a list",
}
LISTED = (CHOICE, CHOICES)
_YES = {"yes", "y", "true", "1"}
_NO = {"no", "n", "false", "0"}
_PLAIN_NUMBER = re.compile(r"[-−]?\d+(\.\d+)?")
_WITH_THOUSANDS = re.compile(r"[-−]?\d{1,3}([,\u2009\u00a0 ]\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[-−]?\d+,\d{1,2}")


@dataclass(frozen=True, slots=True)
class AttributeInfo:
    """An attribute as the team defined it; ``options`` are the values of a list."""

    id: str
    key: str
    name: str
    kind: str = TEXT
    options: tuple[str, ...] = ()
    description: str = ""
    unit: str = ""
    position: int = 0
    retired: bool = False

    @property
    def head(self) -> str:
        """Return the name with its unit, as heads of columns show it."""
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True, slots=True)
class AttributeDraft:
    """An attribute that is not there yet."""

    name: str
    kind: str = TEXT
    options: tuple[str, ...] = ()
    description: str = ""
    unit: str = ""


STARTERS = (
    AttributeDraft("Country", TEXT, (), "Where the programme runs."),
    AttributeDraft(
        "Setting",
        CHOICES,
        ("Community", "Custody", "Probation", "Schools", "Health care", "Online"),
        "Where clients are met.",
    ),
    AttributeDraft(
        "Participation",
        CHOICE,
        ("Voluntary", "Mandated", "Mixed", "Not reported"),
        "Whether clients take part of their own accord.",
    ),
    AttributeDraft(
        "Design",
        CHOICE,
        (
            "Interviews", "Focus groups", "Survey", "Case study", "Documents", "Observation",
            "Mixed methods", "Process evaluation",
        ),
        "How the evidence on implementation was gathered.",
    ),
    AttributeDraft("Sample", TEXT, (), "Who was asked and how many, in the report's words."),
    AttributeDraft("Participants", NUMBER, (), "People who took part in the study."),
    AttributeDraft("Data until", YEAR, (), "The last year of data collection."),
    AttributeDraft("Report language", TEXT, (), "As the report is written."),
    AttributeDraft("Peer reviewed", YES_NO, (), "Published after peer review."),
    AttributeDraft(
        "Appraisal",
        CHOICE,
        ("No or few concerns", "Some concerns", "Serious concerns", "Not appraised"),
        "The judgement of the team's appraisal tool.",
    ),
    AttributeDraft("Funder", TEXT, (), "Who paid for the study."),
)  # fmt: skip
"""What a systematic review usually records of each study; offered, never added unasked."""


def list_attributes(project: Project, *, retired: bool = False) -> tuple[AttributeInfo, ...]:
    """Return the attributes in their order, those retired only when asked for."""
    with project.read() as session:
        rows = session.scalars(
            select(Attribute).order_by(Attribute.position, Attribute.name, Attribute.id)
        )
        return tuple(info_of(row) for row in rows if retired or not row.retired)


def find_attribute(project: Project, id_or_name: str) -> AttributeInfo:
    """Return the attribute with this id, key or name.

    Raises:
        UserError: there is none.
    """
    known = list_attributes(project, retired=True)
    wanted = fold(id_or_name)
    for attribute in known:
        if id_or_name in (attribute.id, attribute.key) or fold(attribute.name) == wanted:
            return attribute
    names = ", ".join(attribute.name for attribute in known) or "none yet"
    raise UserError(f"There is no attribute {id_or_name}.", f"Attributes: {names}.")


def info_of(row: Attribute) -> AttributeInfo:
    """Return an attribute as plain data."""
    return AttributeInfo(
        row.id, row.key, row.name, row.kind, tuple(row.options), row.description, row.unit,
        row.position, row.retired,
    )  # fmt: skip


def add_attributes(project: Project, drafts: Iterable[AttributeDraft]) -> tuple[str, ...]:
    """Add attributes at the end, in one act; return their ids.

    Raises:
        UserError: a name is empty or taken, or a list has no values.
    """
    drafts = list(drafts)
    label = "Add attribute" if len(drafts) == 1 else f"Add {len(drafts)} attributes"
    with project.change(label) as session:
        return tuple(add_attribute_in(session, project, draft) for draft in drafts)


def add_attribute_in(session: Session, project: Project, draft: AttributeDraft) -> str:
    """Add an attribute within an act and return its id; see ``add_attributes``."""
    draft = _checked(session, draft, "")
    position = session.scalar(select(func.max(Attribute.position)))
    # Two laptops that add the starter set mean the same attributes.
    attribute_id = ids.agreed_id("attribute", project.id, fold(draft.name), draft.kind)
    if session.get(Attribute, attribute_id) is not None:
        attribute_id = ids.new_id()
    session.add(
        Attribute(
            id=attribute_id,
            key=_free_key(session, draft.name),
            name=draft.name,
            kind=draft.kind,
            description=draft.description,
            options=list(draft.options),
            unit=draft.unit,
            position=0 if position is None else position + 1,
            retired=False,
        )
    )
    session.flush()
    return attribute_id


def change_attribute(
    project: Project,
    attribute_id: str,
    draft: AttributeDraft,
    *,
    renamed: Mapping[str, str] | None = None,
) -> None:
    """Give an attribute another name, kind, list, unit or description; values are kept.

    ``renamed`` maps values of the list to their new names, also where studies have them.

    Raises:
        UserError: as ``add_attributes``; or a value that somebody gave would not fit any more.
    """
    with project.change("Change attribute") as session:
        row = session.get_one(Attribute, attribute_id)
        draft = _checked(session, draft, attribute_id)
        changed = replace(info_of(row), kind=draft.kind, options=draft.options)
        for value in session.scalars(
            select(AttributeValue).where(AttributeValue.attribute_id == attribute_id)
        ):
            names = [(renamed or {}).get(one, one) for one in value.values]
            value.values = list(_still_fitting(changed, names))
        row.name, row.kind, row.options = draft.name, draft.kind, list(draft.options)
        row.description, row.unit = draft.description, draft.unit


def retire_attribute(project: Project, attribute_id: str, *, retired: bool = True) -> None:
    """Put an attribute out of use, with its values kept, or bring it back."""
    with project.change("Retire attribute" if retired else "Bring back attribute") as session:
        session.get_one(Attribute, attribute_id).retired = retired


def reorder_attributes(project: Project, attribute_ids: Sequence[str]) -> None:
    """Put the attributes into this order; those not named come after."""
    with project.change("Reorder attributes") as session:
        rows = session.scalars(select(Attribute).order_by(Attribute.position)).all()
        place = {attribute_id: number for number, attribute_id in enumerate(attribute_ids)}
        for number, row in enumerate(sorted(rows, key=lambda r: place.get(r.id, len(place)))):
            row.position = number


def parse_value(attribute: AttributeInfo, text: str) -> tuple[str, ...]:
    """Return what was typed as values of the attribute; nothing typed is no value.

    Raises:
        UserError: it is no number, no year, or not in the list.
    """
    words = " ".join(text.split())
    if not words:
        return ()
    if attribute.kind == NUMBER:
        return (_number(attribute, words),)
    if attribute.kind == YEAR:
        if not re.fullmatch(r"1[5-9]\d\d|20\d\d", words):
            raise UserError(f"“{words}” is no year.", f"{attribute.name} takes four digits.")
        return (words,)
    if attribute.kind == YES_NO:
        return (_yes_or_no(attribute, words),)
    if attribute.kind == CHOICE:
        return (_option(attribute, words),)
    if attribute.kind == CHOICES:
        parts = [part for part in re.split(r"\s*;\s*", words) if part]
        return tuple(dict.fromkeys(_option(attribute, part) for part in parts))
    return (words,)


def show_values(values: Sequence[str]) -> str:
    """Return values as one text, as cells and files hold them."""
    return "; ".join(values)


def _number(attribute: AttributeInfo, words: str) -> str:
    if _WITH_THOUSANDS.fullmatch(words):
        words = re.sub(r"[,\s\u2009\u00a0]", "", words)
    elif _DECIMAL_COMMA.fullmatch(words):
        words = words.replace(",", ".")
    if not _PLAIN_NUMBER.fullmatch(words):
        raise UserError(f"“{words}” is no number.", f"{attribute.name} takes a number only.")
    return words.replace("−", "-")


def _yes_or_no(attribute: AttributeInfo, words: str) -> str:
    if words.casefold() in _YES:
        return "Yes"
    if words.casefold() in _NO:
        return "No"
    raise UserError(f"“{words}” is neither yes nor no.", f"{attribute.name} takes yes or no.")


def _option(attribute: AttributeInfo, words: str) -> str:
    for option in attribute.options:
        if fold(option) == fold(words):
            return option
    raise UserError(
        f"“{words}” is not in the list of {attribute.name}.",
        f"Choose from: {', '.join(attribute.options)}; or add it to the attribute's list.",
    )


def _still_fitting(attribute: AttributeInfo, values: Sequence[str]) -> tuple[str, ...]:
    shown = show_values(values)
    try:
        return parse_value(attribute, shown)
    except UserError as problem:
        raise UserError(
            f"A study has the value “{shown}”, which would not fit any more.",
            "Change that value first, or keep it in the list.",
        ) from problem


def _checked(session: Session, draft: AttributeDraft, own_id: str) -> AttributeDraft:
    name = " ".join(draft.name.split())
    if draft.kind not in KINDS:
        raise ValueError(draft.kind)
    if not name:
        raise UserError("An attribute needs a name.", "For example Country.")
    for row in session.scalars(select(Attribute).where(Attribute.id != own_id)):
        if fold(row.name) == fold(name):
            back = "Bring it back, or" if row.retired else "Use that one, or"
            raise UserError(
                f"There is an attribute {row.name} already.", f"{back} choose another name."
            )
    options = tuple(dict.fromkeys(" ".join(option.split()) for option in draft.options))
    options = tuple(option for option in options if option) if draft.kind in LISTED else ()
    if draft.kind in LISTED and not options:
        raise UserError(f"{name} needs a list of values.", "Type one value on each line.")
    if len({fold(option) for option in options}) < len(options):
        raise UserError(f"Two values of {name} are the same word.", "Keep one of them.")
    if any(";" in option for option in options):
        raise UserError("A value of a list holds no semicolon.", "Use a comma instead.")
    return AttributeDraft(name, draft.kind, options, draft.description.strip(), draft.unit.strip())


def _free_key(session: Session, name: str) -> str:
    taken = set(session.scalars(select(Attribute.key)))
    key = fold(name).replace(" ", "_") or "attribute"
    numbered = (f"{key}_{number}" for number in range(2, 10_000))
    return next(one for one in (key, *numbered) if one not in taken)
