"""Small PDFs written on the spot."""

from pathlib import Path

import pymupdf

PARAGRAPHS = {
    "Okafor_2021.pdf": (
        "Panels in five towns",
        "Three coordinators said that nobody had told them where their remit ended.",
        "The sharing agreement was two pages and everyone had signed it.",
        "Partners trusted one another because they had met every week for six years.",
    ),
    "Iyer_2020.pdf": (
        "Scoring and seeing",
        "Workers were unsure which body was to call the school.",
        "Without an agreement the police kept the file to themselves.",
        "Trust grew slowly and was lost in a day.",
    ),
    "Lindqvist_2022.pdf": (
        "Trust in practice",
        "The mandate was written down and read aloud at each meeting.",
        "Newspapers asked every week what had become of the case.",
        "Long partnerships carried the work through changes of staff.",
    ),
}


def write_pdf(path: Path, lines: tuple[str, ...], *, password: str = "") -> Path:
    document = pymupdf.open()
    page = document.new_page(width=595, height=420)
    page.insert_text((50, 60), lines[0], fontsize=18)
    for number, line in enumerate(lines[1:]):
        page.insert_text((50, 110 + 60 * number), line, fontsize=11)
    document.set_metadata({"title": lines[0]})
    if password:
        document.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=password, owner_pw="o")
    else:
        document.save(path)
    document.close()
    return path


def write_studies(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    return [write_pdf(folder / name, lines) for name, lines in PARAGRAPHS.items()]
