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
        real=lambda x: real(x if isinstance(x, (int, float)) else mp.nstr(x, 30)),
        pi=4 * np.arctan(real(1)), sqrt=np.sqrt, atan2=np.arctan2, sin=np.sin, cos=np.cos,
    )


def multiple_precision():
    """mpmath at its current precision, elementwise; slow, for checks."""
    lift = lambda f, n: np.frompyfunc(f, n, 1)
    return SimpleNamespace(real=mp.mpf, pi=+mp.pi, sqrt=lift(mp.sqrt, 1), atan2=lift(mp.atan2, 2),
                           sin=lift(mp.sin, 1), cos=lift(mp.cos, 1))


def two_signs(arithmetic, xx, xy, yy, determinant=None):
    """E[sgn x sgn y] = (2/pi) arcsin(correlation)."""
    if determinant is None:
        determinant = xx * yy - xy * xy
    return 2 / arithmetic.pi * arithmetic.atan2(xy, arithmetic.sqrt(determinant))


def given_zero(covariance, j):
    """Covariance of the other variables given x_j = 0."""
    keep = [i for i in range(len(covariance)) if i != j]
    return [[covariance[a][b] - covariance[a][j] * covariance[b][j] / covariance[j][j] for b in keep] for a in keep]


def without(sequence, j):
    return [x for i, x in enumerate(sequence) if i != j]


def moment(arithmetic, covariance, powers, signs, four_signs=None, determinant=None):
    """powers: exponents p_i; signs: 1 where sgn(x_i) is a factor.

    `four_signs` is E[sgn sgn sgn sgn] of four variables, which Stein's lemma cannot reduce; it occurs only
    unconditioned.  `determinant`, where given, is that of the covariance: dividing it by the variances conditioned
    upon saves the digits of what is left when the determinant is small or zero."""
    if (sum(powers) + sum(signs)) % 2:
        return 0
    for j in range(len(powers)):
        if not powers[j] and not signs[j]:
            rest = [without(row, j) for row in without(covariance, j)]
            return moment(arithmetic, rest, without(powers, j), without(signs, j), four_signs)
    if len(powers) == 1 and determinant is not None:
        covariance = [[determinant]]
    if not any(powers):
        if not signs:
            return 1
        if len(signs) == 4:
            return four_signs
        (xx, xy), (_, yy) = covariance
        return two_signs(arithmetic, xx, xy, yy, determinant)
    # E[x_i G] = sum_j cov(x_i, x_j) E[dG/dx_j], and d sgn(x)/dx = 2 delta(x).
    i = max(range(len(powers)), key=lambda k: powers[k])
    powers = [p - (k == i) for k, p in enumerate(powers)]
    total = 0
    for j in range(len(powers)):
        variance = covariance[j][j]
        if powers[j]:
            lower = [p - (k == j) for k, p in enumerate(powers)]
            inner = moment(arithmetic, covariance, lower, signs, four_signs, determinant)
            total = total + covariance[i][j] * powers[j] * inner
        elif signs[j] and len(powers) == 1:
            total = total + 2 * arithmetic.sqrt(variance) / arithmetic.sqrt(2 * arithmetic.pi)
        elif signs[j]:
            rest = None if determinant is None else determinant / variance
            conditioned = given_zero(covariance, j)
            inner = moment(arithmetic, conditioned, without(powers, j), without(signs, j), None, rest)
            total = total + covariance[i][j] * 2 * inner / arithmetic.sqrt(2 * arithmetic.pi * variance)
    return total
