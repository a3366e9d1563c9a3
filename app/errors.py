"""The only exception that people see as a plain sentence."""


class UserError(Exception):
    """An expected problem, told in one sentence with a way out.

    Anything else that is raised is a defect of the program and is shown as such.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the sentence and, where there is one, the way out."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return the sentence and the hint as one line."""
        return f"{self.message} {self.hint}".strip()
