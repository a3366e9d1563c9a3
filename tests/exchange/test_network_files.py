"""Every format of the network: the same bytes each time, every name as text."""

import csv
import io
import re
from pathlib import Path

import networkx as nx
import pymupdf
import pytest
from lxml import etree

from app.analysis.cooccurrence import cooccurrence
from app.analysis.network_figure import build_network
from app.analysis.network_model import NetworkFigure
from app.analysis.network_words import CaptionFacts
from app.errors import UserError
from app.exchange import network_drawing
from app.exchange.network_files import network_suffixes, write_network
from app.exchange.network_table import COLUMNS
from tests.analysis.synthetic import evidence_of, review, some_codes

FACTS = CaptionFacts("Zoë – consensus", "Factors", "1.0", "0.1.0", "2026-11-23")
SVG = "{http://www.w3.org/2000/svg}"


def draw(width: int = 180) -> NetworkFigure:
    evidence = review(some_codes(40), codings=1500)
    return build_network(evidence, cooccurrence(evidence), facts=FACTS, width=width)


@pytest.fixture(scope="module")
def figure() -> NetworkFigure:
    return draw()


@pytest.fixture(scope="module")
def files(figure: NetworkFigure, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("network")
    paths = {suffix: folder / f"network{suffix}" for suffix in network_suffixes()}
    for path in paths.values():
        write_network(figure, path)
    return paths


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png", ".graphml", ".gexf", ".csv"])
def test_the_same_figure_gives_the_same_bytes(
    suffix: str, files: dict[str, Path], tmp_path: Path
) -> None:
    again = tmp_path / f"again{suffix.upper()}"
    write_network(draw(), again)
    assert again.read_bytes() == files[suffix].read_bytes()


def test_the_svg_has_every_name_as_text(figure: NetworkFigure, files: dict[str, Path]) -> None:
    root = etree.parse(files[".svg"]).getroot()
    titles = {g.get("id"): g.findtext(f"{SVG}title") for g in root.iter(f"{SVG}g")}
    words = squeezed("".join("".join(text.itertext()) for text in root.iter(f"{SVG}text")))
    raw = files[".svg"].read_text(encoding="utf-8")
    for node in figure.nodes:
        assert (titles[f"node-{node.code_id}"] or "").startswith(f"{node.name}: ")
        assert squeezed(node.name) in words
        assert node.name in raw
    for hull in figure.hulls:
        assert squeezed(hull.heading.text) in words


def test_the_svg_describes_itself(figure: NetworkFigure, files: dict[str, Path]) -> None:
    root = etree.parse(files[".svg"]).getroot()
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == figure.title
    assert (root.findtext(f"{SVG}desc") or "").startswith(figure.alt_text)
    assert len(list(root.iter(f"{SVG}title"))) == 1 + len(figure.nodes) + len(figure.ties)
    assert not re.search(r"\d{4}-\d\d-\d\dT", files[".svg"].read_text(encoding="utf-8"))


def test_words_in_the_svg_end_in_a_generic_font(files: dict[str, Path]) -> None:
    texts = list(etree.parse(files[".svg"]).getroot().iter(f"{SVG}text"))
    assert texts
    assert all("sans-serif" in (text.get("style") or "") for text in texts)


def test_without_the_shipped_font_another_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_drawing, "resource", lambda *parts: Path("/nowhere", *parts))
    assert network_drawing.paper_fonts.__wrapped__() == ("DejaVu Sans",)


def test_settings_of_the_machine_do_not_matter(
    figure: NetworkFigure, tmp_path: Path, files: dict[str, Path]
) -> None:
    import matplotlib

    with matplotlib.rc_context({"svg.fonttype": "path", "font.size": 30, "savefig.dpi": 30}):
        write_network(figure, tmp_path / "n.svg")
        assert matplotlib.rcParams["svg.fonttype"] == "path"
    assert (tmp_path / "n.svg").read_bytes() == files[".svg"].read_bytes()


def test_positions_in_the_svg_are_those_of_the_model(
    figure: NetworkFigure, files: dict[str, Path]
) -> None:
    root = etree.parse(files[".svg"]).getroot()
    points = 72 / 25.4
    assert float((root.get("width") or "").removesuffix("pt")) == pytest.approx(180 * points)
    texts = [
        (text.text, float(text.get("x", 0)), float(text.get("y", 0)))
        for text in root.iter(f"{SVG}text")
    ]
    for node in figure.nodes:
        for line in node.label:
            assert any(
                text == line.text
                and x == pytest.approx(line.x * points, abs=0.01)
                and y == pytest.approx(line.y * points, abs=0.01)
                for text, x, y in texts
            ), line


@pytest.mark.parametrize("width", [85, 180])
def test_the_pdf_has_every_name_as_text_in_embedded_fonts(
    width: int, files: dict[str, Path], tmp_path: Path
) -> None:
    figure = draw(width)
    path = files[".pdf"]
    if width != 180:
        path = tmp_path / "network.pdf"
        write_network(figure, path)
    with pymupdf.open(path) as document:
        page = document[0]
        assert page.rect.width == pytest.approx(width * 72 / 25.4, abs=0.1)
        words = squeezed(page.get_text())
        fonts = page.get_fonts()
        assert document.metadata["title"] == figure.title
        assert document.metadata["subject"] == figure.alt_text
        assert not document.metadata["creationDate"]
        for box in page.get_text("words"):
            assert box[0] >= 0
            assert box[2] <= page.rect.width
            assert box[3] <= page.rect.height
    for node in figure.nodes:
        assert squeezed(node.name) in words, node.name
    assert squeezed(figure.caption) in words
    assert fonts
    assert all(font[1] in ("ttf", "otf") for font in fonts)


def test_the_png_has_the_size_asked_for(figure: NetworkFigure, tmp_path: Path) -> None:
    path = tmp_path / "network.png"
    write_network(figure, path, dpi=120)
    picture = pymupdf.Pixmap(str(path))
    assert picture.width == pytest.approx(180 / 25.4 * 120, abs=1)
    assert picture.height == pytest.approx(figure.height / 25.4 * 120, abs=1)
    assert len(set(picture.samples)) > 50


def test_graphml_comes_back_with_scalars(figure: NetworkFigure, files: dict[str, Path]) -> None:
    graph = nx.read_graphml(files[".graphml"])
    assert list(graph) == [node.code_id for node in figure.nodes]
    assert graph.number_of_edges() == len(figure.table)
    for node in figure.nodes:
        assert graph.nodes[node.code_id]["label"] == node.name
        assert graph.nodes[node.code_id]["studies"] == node.studies
    for row in figure.table:
        assert graph.edges[row.code_a, row.code_b]["n_studies"] == row.studies
    assert sum(drawn for *_, drawn in graph.edges(data="drawn")) == len(figure.ties)


def test_gexf_comes_back_with_places_and_without_a_date(
    figure: NetworkFigure, files: dict[str, Path]
) -> None:
    graph = nx.read_gexf(files[".gexf"], version="1.2draft")
    node = figure.nodes[5]
    assert graph.nodes[node.code_id]["label"] == node.name
    assert graph.nodes[node.code_id]["viz"]["position"]["x"] == pytest.approx(node.x)
    assert graph.nodes[node.code_id]["viz"]["size"] == pytest.approx(node.radius)
    tie = figure.ties[0]
    edges = etree.parse(files[".gexf"]).getroot().iter("{*}edge")
    ends = {(edge.get("source"), edge.get("target")): edge for edge in edges}
    thickness = ends[tie.code_a, tie.code_b].find("{*}thickness")
    assert thickness is not None
    assert float(thickness.get("value", 0)) == pytest.approx(tie.width)
    assert b"lastmodified" not in files[".gexf"].read_bytes()


def test_the_table_has_a_line_per_tie(figure: NetworkFigure, files: dict[str, Path]) -> None:
    text = files[".csv"].read_bytes().decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(figure.table)
    for row, tie in zip(rows, figure.table, strict=True):
        assert (row["code_a"], row["code_b"]) == (tie.name_a, tie.name_b)
        assert int(row["n_studies"]) == tie.studies == len(row["studies"].split("; "))
        assert float(row["p_a_given_b"]) == pytest.approx(tie.a_given_b, abs=1e-4)


@pytest.mark.parametrize("suffix", [".svg", ".png", ".graphml", ".gexf", ".csv"])
def test_without_ties_every_format_is_written(suffix: str, tmp_path: Path) -> None:
    evidence = evidence_of([], codes=12)
    figure = build_network(evidence, cooccurrence(evidence), facts=FACTS)
    write_network(figure, tmp_path / f"network{suffix}")
    data = (tmp_path / f"network{suffix}").read_bytes()
    assert data
    if suffix in (".svg", ".graphml", ".gexf"):
        assert all(node.name in data.decode("utf-8") for node in figure.nodes)


def test_names_with_markup_and_formula_signs_survive(tmp_path: Path) -> None:
    from dataclasses import replace

    plain = evidence_of([(0, 0, 0, 0, 9, 0)], codes=3)
    names = ("<b> & $x_1$", "100 % “sure”", "Größe: ∑")
    codes = tuple(replace(c, name=n) for c, n in zip(plain.codes, names, strict=True))
    evidence = replace(plain, codes=codes)
    figure = build_network(evidence, cooccurrence(evidence), facts=FACTS)
    for suffix in (".svg", ".graphml", ".gexf", ".csv"):
        write_network(figure, tmp_path / f"n{suffix}")
    root = etree.parse(tmp_path / "n.svg").getroot()
    words = squeezed("".join("".join(text.itertext()) for text in root.iter(f"{SVG}text")))
    assert all(squeezed(name) in words for name in names)


def test_an_unknown_suffix_names_the_possible_ones(figure: NetworkFigure, tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        write_network(figure, tmp_path / "network.bmp")
    assert ".bmp" in told.value.message
    assert all(suffix in told.value.hint for suffix in network_suffixes())
    assert not list(tmp_path.iterdir())
    with pytest.raises(UserError, match="without a suffix"):
        write_network(figure, tmp_path / "network")


def test_a_missing_folder_is_told(figure: NetworkFigure, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no folder"):
        write_network(figure, tmp_path / "nowhere" / "network.csv")
