"""Dates as people say them."""

from datetime import datetime, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def spoken_date(iso: str, now: datetime | None = None) -> str:
    """Return "Today, 14:02", "Yesterday", "14 November" or "14 November 2024" in local time.

    ``iso`` is ISO 8601 with a zone; "" where it cannot be read.
    """
    try:
        moment = datetime.fromisoformat(iso).astimezone()
    except ValueError:
        return ""
    today = (now or datetime.now()).astimezone()
    if moment.date() == today.date():
        return f"Today, {moment:%H:%M}"
    if moment.date() == today.date() - timedelta(days=1):
        return "Yesterday"
    day = f"{moment.day} {MONTHS[moment.month - 1]}"
    return day if moment.year == today.year else f"{day} {moment.year}"


def counted(number: int, one: str, many: str) -> str:
    """Return "1 study" or "1,204 studies"."""
    return f"{number:,} {one if number == 1 else many}"
