"""Nodes and weights of the 21-point Kronrod extension of the 10-point Gauss-Legendre rule, from its definition.

The eleven added nodes are the zeros of the Stieltjes polynomial E, defined by the integral of P10 E q being zero
for every polynomial q of degree at most 10; the weights follow from exactness on polynomials of degree up to 20.
The upper half of the table stands in lib/numerics/gauss-kronrod.ts.

    python3 spec/reference/kronrod.py
"""
from mpmath import legendre, lu_solve, matrix, mp, mpf, nstr, polyroots, re

mp.dps = 60


def legendre_coefficients(n):
    before, now = [mpf(1)], [mpf(0), mpf(1)]
    for k in range(2, n + 1):
        after = [mpf(0)] * (k + 1)
        for i, c in enumerate(now):
            after[i + 1] += (2 * k - 1) * c / k
        for i, c in enumerate(before):
            after[i] -= (k - 1) * c / k
        before, now = now, after
    return now if n else before


def product(p, q):
    out = [mpf(0)] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            out[i + j] += a * b
    return out


def integral(p):
    return sum(2 * c / (i + 1) for i, c in enumerate(p) if i % 2 == 0)


P = [legendre_coefficients(k) for k in range(12)]
odd = [1, 3, 5, 7, 9]
system = matrix([[integral(product(product(P[10], P[k]), P[j])) for k in odd] for j in odd])
right = matrix([-integral(product(product(P[10], P[11]), P[j])) for j in odd])
stieltjes = P[11][:]
for k, a in zip(odd, lu_solve(system, right)):
    for i, c in enumerate(P[k]):
        stieltjes[i] += a * c


def roots(p):
    return [re(x) for x in polyroots(p[::-1], maxsteps=500, extraprec=200)]


nodes = sorted(roots(P[10]) + roots(stieltjes))
moments = matrix([[legendre(i, x) for x in nodes] for i in range(21)])
weights = lu_solve(moments, matrix([2] + [0] * 20))
for x, w in list(zip(nodes, weights))[10:]:
    print(nstr(abs(x) if abs(x) > 1e-30 else mpf(0), 20), nstr(w, 20))
