"""Which codes come together: rules, counts, coefficients, chance, stability, clusters.

``rules`` says when two codings come together, ``units`` where sentences and pages are, ``passages``
joins what was coded twice, ``relations`` finds the pairs, ``meetings`` counts them in studies,
reports or passages, ``coefficients`` relates the counts to how common the codes are, ``chance``
shuffles codes within studies, ``stability`` draws studies again and leaves one out,
``cluster_meetings`` asks between clusters, ``valence_of_ties`` in which direction, ``report`` all
together. docs/cooccurrence.md says what each number means.
"""
