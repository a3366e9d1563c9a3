"""Small PDFs for the tests of the reading view: known words at known places."""

import pymupdf

LEFT = (
    "Most members described the panel as the place where cases began to move. Minutes were kept "
    "and actions were named. Two of the five sites had no housing partner. Referrals waited for "
    "weeks there. Three coordinators said that nobody had told them where their remit ended."
)
RIGHT = (
    "No handover had been planned, since the post was paid from a grant. Trust did not follow the "
    "length of a partnership alone. Workers with a background in probation moved sooner. Monthly "
    "supervision helped the others to catch up. Caseloads were small, between four and nine."
)
WHOLE = (
    "The long version was kept in a drawer. Staff turnover cut across this. When the second "
    "coordinator left, the panel stopped for three months and nobody asked why. "
) * 4
FURTHER = "Further pages stand in two columns and fill them with plain words of no weight. " * 26
TURNED = "This table stands on its side. It lists the sites and their partners."


def study_pdf() -> bytes:
    """Return six pages: two columns, one column, one column turned by 90 degrees, two columns."""
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    page.insert_textbox(pymupdf.Rect(60, 80, 285, 700), LEFT, fontsize=11)
    page.insert_textbox(pymupdf.Rect(310, 80, 535, 700), RIGHT, fontsize=11)
    page = document.new_page(width=595, height=842)
    page.insert_textbox(pymupdf.Rect(60, 80, 535, 760), WHOLE, fontsize=11)
    page = document.new_page(width=595, height=842)
    page.set_rotation(90)
    upright = pymupdf.Rect(80, 60, 762, 400) * page.derotation_matrix
    page.insert_textbox(upright, TURNED, fontsize=12, rotate=90)
    for _ in range(3):
        page = document.new_page(width=595, height=842)
        for left in (60, 310):
            page.insert_textbox(pymupdf.Rect(left, 60, left + 225, 800), FURTHER, fontsize=10)
    return document.tobytes()


def one_column_pdf() -> bytes:
    """Return three pages in one column, the second one lying on its side."""
    document = pymupdf.open()
    for width, height in ((595, 842), (842, 595), (595, 842)):
        page = document.new_page(width=width, height=height)
        page.insert_textbox(
            pymupdf.Rect(60, 60, width - 60, height - 60), f"{WHOLE}{FURTHER}", fontsize=11
        )
    return document.tobytes()


def picture_pdf() -> bytes:
    """Return one page with a picture and no text."""
    document = pymupdf.open()
    page = document.new_page(width=300, height=400)
    dots = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 60, 60))
    dots.clear_with(90)
    page.insert_image(pymupdf.Rect(40, 40, 260, 360), pixmap=dots)
    return document.tobytes()
