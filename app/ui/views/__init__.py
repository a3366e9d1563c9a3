"""The places of the window that list, define and picture: studies, codebook, extracts, analysis."""
