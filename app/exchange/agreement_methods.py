"""The paragraph for the methods section: exact settings and numbers, nothing rounded away."""

from app import __version__
from app.analysis.agreement.scores import Scores
from app.coding.agreement import Agreement
from app.exchange.agreement_json import scope_values

RELIABLE, TENTATIVE = 0.800, 0.667


def methods(done: Agreement) -> tuple[str, ...]:
    """Return the paragraphs: what was compared, how, and with which result."""
    if not done.report.scope.n_texts:
        return ("Agreement could not be computed: no document was worked through by two coders.",)
    return _what(done), _how(done), _result(done), _exceptions(done)


def _what(done: Agreement) -> str:
    scope = done.report.scope
    values = scope_values(done.report, done.work, done.filters)
    book = ""
    if done.work:
        book = f" with the codebook “{done.work.codebook}” (version {done.work.codebook_version})"
    rounds = f" in {_listed(values['rounds'])}" if any(values["rounds"]) else ""
    filters = f" The comparison was limited to: {'; '.join(done.filters)}." if done.filters else ""
    return (
        f"{_listed(list(scope.coders))} coded {_counted(scope.n_documents, 'document')} of "
        f"{_counted(scope.n_studies, 'study', 'studies')} independently of each other{rounds}"
        f"{book}. Compared were {_counted(scope.n_codings, 'coding')} in documents that at least "
        f"two coders had worked through.{filters}"
    )


def _how(done: Agreement) -> str:
    scope, settings = done.report.scope, done.report.settings
    whole = "the longer passage" if settings.measure == "longer" else "the union of both"
    kappa = (
        "Cohen's kappa" if len(scope.coders) == 2 else "the mean of Cohen's kappa over all pairs"
    )
    drawn = f"whole {scope.clusters_drawn} ({scope.n_clusters} of them"
    return (
        f"Agreement was computed with Cofactor {__version__} "
        f"({scope_values(done.report)['date']}). On the characters of the text we report, for each "
        "code as coded or not coded, |u-alpha in its form of 2016/2019 (Krippendorff, Mathet, "
        f"Bouvry & Widlöcher, 2016; Krippendorff, 2019), with {settings.level:.0%} percentile "
        f"intervals from a bootstrap that drew {drawn}, {settings.replicates:,} replicates, seed "
        f"{settings.seed}). For the presence of codes in documents we report {kappa} and "
        "Krippendorff's alpha, and for passages the F1 of one-to-one matches that share at least "
        f"{settings.threshold:.0%} of {whole}."
    )


def _result(done: Agreement) -> str:
    row = done.report.overall
    alphas = [code.text.u_alpha_binary for code in done.report.codes]
    known = [alpha for alpha in alphas if alpha is not None]
    return (
        f"Pooled over all codes, |u-alpha was {_value(row.text.u_alpha_binary)}{_interval(row)}, "
        f"the kappa of presence in documents {_value(row.presence.kappa)} (alpha "
        f"{_value(row.presence.alpha)}), and F1 {_value(row.segments.f1)} "
        f"({row.segments.matched:,} matched pairs of passages). Of "
        f"{_counted(len(alphas), 'code')}, "
        f"{sum(a >= RELIABLE for a in known)} had an |u-alpha of at least .800, "
        f"{sum(TENTATIVE <= a < RELIABLE for a in known)} between .667 and .800, "
        f"{sum(a < TENTATIVE for a in known)} below .667, and for {len(alphas) - len(known)} it "
        "was not estimable."
    )


def _exceptions(done: Agreement) -> str:
    scope, work = done.report.scope, done.work
    told = [
        "A coder who had finished a document without using a code counted as not having coded it "
        f"there ({scope.finished_empty} finished without any coding at all).",
        "Overlapping codings of one coder with the same code were joined "
        f"({scope.n_joined} of {_counted(scope.n_codings, 'coding')}).",
    ]
    if scope.missing:
        told.append(f"{_counted(scope.missing, 'missing assignment')} counted in nothing.")
    if work and work.open_layers:
        told.append(
            f"{_counted(work.open_layers, 'layer')} not submitted yet counted as they stood."
        )
    if scope.n_single:
        told.append(f"{_counted(scope.n_single, 'document')} with one coder only were left out.")
    return " ".join(told)


def _interval(row: Scores) -> str:
    if row.interval is None:
        return " (interval not estimable)"
    low, high = row.interval.low, row.interval.high
    return (
        f" ({low:.3f} to {high:.3f}; probability of missing .667: {row.interval.below_667:.3f}, of "
        f"missing .800: {row.interval.below_800:.3f})"
    )


def _value(value: float | None) -> str:
    return "not estimable" if value is None else f"{value:.3f}"


def _counted(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
