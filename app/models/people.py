"""Who codes, on which computer, in which round: coders, devices, rounds and layers."""

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Logged, reference


class Coder(Logged):
    """A person who codes, or the consensus of the team (role ``consensus``)."""

    __tablename__ = "coder"

    name: Mapped[str]
    initials: Mapped[str]
    role: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class Device(Logged):
    """A computer on which changes were made; it carries no name of a person or host."""

    __tablename__ = "device"

    name: Mapped[str]


class Round(Logged):
    """A pass of the team through documents; ``kind`` is ``calibration`` or ``coding``."""

    __tablename__ = "round"

    name: Mapped[str]
    kind: Mapped[str]
    position: Mapped[int]


class Layer(Logged):
    """One coder's work on one document in one round; finished but empty is a zero."""

    __tablename__ = "layer"

    document_id: Mapped[str] = mapped_column(reference("document.id"), index=True)
    coder_id: Mapped[str] = mapped_column(reference("coder.id"), index=True)
    round_id: Mapped[str] = mapped_column(reference("round.id"), index=True)
    state: Mapped[str] = mapped_column(default="open")
