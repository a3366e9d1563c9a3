"""What can be wrong with a PDF, told in one sentence."""

from app.errors import UserError


class DocumentProblem(UserError):
    """A PDF could not be read or drawn.

    ``kind`` is "password", "damaged", "not_pdf", "empty", "slow", "crashed" or "too_large".
    """

    def __init__(self, kind: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.kind = kind
