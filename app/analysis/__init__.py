"""Questions: pure functions from codings to numbers and figures."""
