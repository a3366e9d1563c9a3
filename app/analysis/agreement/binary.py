"""Coefficients for coded or not coded, from counts; NaN where a coefficient is not estimable.

Sources of the formulas: Cohen (1960), Scott (1955), Fleiss (1971), Bennett, Alpert & Goldstein
(1954), Gwet (2008), Krippendorff (2019); see docs/agreement.md.
"""

import numpy as np

from app.analysis.agreement.counts import Counts
from app.analysis.agreement.layers import Floats, Mask

ALPHA_FIELDS = ("values", "coded", "differ", "squares")
"""The counts that the alphas need."""


def _ratio(part: Floats, whole: Floats) -> Floats:
    part, whole = np.broadcast_arrays(part, whole)
    out: Floats = np.full(whole.shape, np.nan)
    np.divide(part, whole, out=out, where=whole > 0)
    return out


def percent(counts: Counts) -> Floats:
    """Return the share of agreeing coder pairs, averaged over all characters."""
    return _ratio(counts["agreed"], counts["size"])


def fleiss(counts: Counts) -> Floats:
    """Return Fleiss' kappa (Scott's pi for two coders); it needs a constant number of coders."""
    share = _ratio(counts["coded"], counts["values"])
    chance = share**2 + (1 - share) ** 2
    value = _ratio(percent(counts) - chance, 1 - chance)
    constant = np.isclose(counts["values_2"] * counts["size"], counts["values"] ** 2, rtol=1e-12)
    return np.where(constant & varies(counts), value, np.nan)


def free_marginal(counts: Counts) -> Floats:
    """Return S, which for two values is PABAK: chance is one half."""
    return 2 * percent(counts) - 1


def gwet(counts: Counts) -> Floats:
    """Return Gwet's AC1."""
    share = _ratio(counts["share"], counts["size"])
    chance = 2 * share * (1 - share)
    return np.where(varies(counts), _ratio(percent(counts) - chance, 1 - chance), np.nan)


def alpha(counts: Counts) -> Floats:
    """Return Krippendorff's nominal alpha with every character (document, point) as an item."""
    coded, values = counts["coded"], counts["values"]
    return 1 - _ratio((values - 1) * counts["differ"], coded * (values - coded))


def u_alpha(counts: Counts) -> Floats:
    """Return |u-alpha of 2016/2019: coded or not, corrected for pairing a unit with itself.

    A unit cannot be cut, so it adds its squared length to the correction; a gap can be cut
    anywhere and adds its length.
    """
    coded, values = counts["coded"], counts["values"]
    gaps = values - coded
    pairable = values - _ratio(counts["squares"] + gaps, values)
    return 1 - _ratio(pairable * counts["differ"], coded * gaps)


def dice(counts: Counts, met: Floats) -> Floats:
    """Return Holsti's coefficient on lengths of two coders: twice what both coded over the sum."""
    return _ratio(2 * met, counts["coded"])


def cohen(both: Floats, first: Floats, second: Floats, neither: Floats) -> Floats:
    """Return Cohen's kappa of a 2 x 2 table."""
    size = both + first + second + neither
    a, b = _ratio(both + first, size), _ratio(both + second, size)
    chance = a * b + (1 - a) * (1 - b)
    value = _ratio(_ratio(both + neither, size) - chance, 1 - chance)
    # Rounding may leave a trace of chance disagreement where there is none.
    return np.where(((a == 0) & (b == 0)) | ((a == 1) & (b == 1)), np.nan, value)


def jaccard(both: Floats, first: Floats, second: Floats) -> Floats:
    """Return what both coded over what either coded."""
    return _ratio(both, both + first + second)


def varies(counts: Counts) -> Mask:
    """Return whether both values occur at all."""
    return np.asarray((counts["coded"] > 0) & (counts["coded"] < counts["values"]))
