"""Where a vendor's autonomy comes from: what each section contributes to it."""

from __future__ import annotations

import numpy as np

from ii_vendor.score.matrix import Array, Matrix


def contributions(field: Matrix) -> Array:
    """Points, 0-100, that each section gives each vendor (V x S): 100 * sum(w u) / sum(w over all that applies).

    Each row adds up to the vendor's autonomy as it is ranked; all 0 where nothing weighs anything.
    """
    totals = field.applies @ field.weights
    shares = np.divide(1.0, totals, out=np.zeros(len(totals)), where=totals > 0)
    points = 100.0 * field.utility * field.weights * shares[:, np.newaxis]
    inside = field.section_of[:, np.newaxis] == np.arange(len(field.sections))
    gathered: Array = points @ inside
    return gathered
