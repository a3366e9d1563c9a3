"""Agreement between coders: from who coded what to numbers that can be defended.

``layers`` holds the plain input, ``intervals`` the sweep, ``counts`` and ``binary`` the
coefficients for coded or not, ``unitizing`` those with all codes as values, ``coefficients`` those
for ratings, ``presence``, ``segments``, ``facets`` and ``areas`` the other units of comparison,
``bootstrap`` the intervals, ``passages`` what lies behind a number, ``report`` all together.
"""
