"""E[prod x_i^p_i prod sgn(x_j)] of centred Gaussian variables, by Stein's lemma down to two-sign moments.

Works elementwise on numpy arrays of long doubles or of mpmath numbers: every function takes an `arithmetic`
(see `long_double` and `multiple_precision`) beside its data.
"""

from types import SimpleNamespace

import numpy as np
from mpmath import mp


def long_double():
    """x87 extended precision, unit roundoff 5e-20."""
    real = np.longdouble
    assert np.finfo(real).nmant >= 63, "this platform's long double is no wider than double"
    return SimpleNamespace(
        real=lambda x: real(x if isinstance(x, (int, float)) else mp.nstr(x, 30)), dust=real(1e-16),
        pi=4 * np.arctan(real(1)), sqrt=np.sqrt, atan2=np.arctan2, sin=np.sin, cos=np.cos,
    )


def multiple_precision():
    """mpmath at its current precision, elementwise; slow, for checks."""
    lift = lambda f, n: np.frompyfunc(f, n, 1)
    return SimpleNamespace(real=mp.mpf, dust=mp.mpf(10) ** (8 - mp.dps), pi=+mp.pi, sqrt=lift(mp.sqrt, 1), atan2=lift(mp.atan2, 2),
                           sin=lift(mp.sin, 1), cos=lift(mp.cos, 1))


def cleaned(arithmetic, x):
    """Variances and determinants that vanish (at R = +-1) come out as rounding errors, of which a root would be taken.
    Variables are scaled to order one, and what is positive here is far above the dust."""
    return np.where(x > arithmetic.dust, x, 0 * x)


def two_signs(arithmetic, xx, xy, yy, determinant=None):
    """E[sgn x sgn y] = (2/pi) arcsin(correlation)."""
    if determinant is None:
        determinant = cleaned(arithmetic, xx * yy - xy * xy)
    return 2 / arithmetic.pi * arithmetic.atan2(xy, arithmetic.sqrt(determinant))


def given_zero(covariance, j):
    """Covariance of the other variables given x_j = 0."""
    keep = [i for i in range(len(covariance)) if i != j]
    variance = np.where(covariance[j][j] != 0, covariance[j][j], 1)
    return [[covariance[a][b] - covariance[a][j] * covariance[b][j] / variance for b in keep] for a in keep]


def without(sequence, j):
    return [x for i, x in enumerate(sequence) if i != j]


def moment(arithmetic, covariance, powers, signs, four_signs=None):
    """powers: exponents p_i; signs: 1 where sgn(x_i) is a factor.  `four_signs` is E[sgn sgn sgn sgn] of four
    variables, which Stein's lemma cannot reduce; it occurs only unconditioned."""
    if (sum(powers) + sum(signs)) % 2:
        return 0
    for j in range(len(powers)):
        if not powers[j] and not signs[j]:
            rest = [without(row, j) for row in without(covariance, j)]
            return moment(arithmetic, rest, without(powers, j), without(signs, j), four_signs)
    if not any(powers):
        if not signs:
            return 1
        if len(signs) == 4:
            return four_signs
        (xx, xy), (_, yy) = covariance
        return two_signs(arithmetic, xx, xy, yy)
    # E[x_i G] = sum_j cov(x_i, x_j) E[dG/dx_j], and d sgn(x)/dx = 2 delta(x).
    i = max(range(len(powers)), key=lambda k: powers[k])
    powers = [p - (k == i) for k, p in enumerate(powers)]
    total = 0
    for j in range(len(powers)):
        if powers[j]:
            lower = [p - (k == j) for k, p in enumerate(powers)]
            total = total + covariance[i][j] * powers[j] * moment(arithmetic, covariance, lower, signs, four_signs)
        elif signs[j]:
            inner = moment(arithmetic, given_zero(covariance, j), without(powers, j), without(signs, j))
            variance = cleaned(arithmetic, covariance[j][j])
            factor = covariance[i][j] * (variance > 0) / arithmetic.sqrt(variance + (variance <= 0))
            total = total + factor * 2 * inner / arithmetic.sqrt(2 * arithmetic.pi)
    return total
