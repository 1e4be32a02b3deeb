"""Finite-batch averages of batch normalization, g(x) = up x for x > 0, down x for x < 0, gamma > 0.

v_1..v_M standard normal, x_i = v_i - mean, Q = sum x_i^2 = M s^2, vhat_i = sqrt(M) x_i / sqrt(Q), u_i = R x_i + b_i,
b_i Gaussian, independent of the x's, Var b_i = 1 - R^2 + R^2/M, Cov(b_i, b_j) = R^2/M.

Negative powers of Q are written as Laplace integrals,
    Q^(-k/2) = 1/(2^(k/2) Gamma(k/2)) int_0^inf t^(k/2-1) exp(-t Q/2) dt.
exp(-t Q/2) leaves (x, u) Gaussian: it only multiplies the covariance of the x's by q = 1/(1+t) and the expectation by
q^((M-1)/2).  With q = sin(theta)^2, for F of the x's and u's of a sample or a pair,
    E[F Q^(-k/2)] = 2/(2^(k/2) Gamma(k/2)) int_0^(pi/2) cos^(k-1) sin^(M-2-k) E_q[F] d theta,
smooth in theta for every M >= 4: the heavy tail of 1/s is integrated exactly.  E_q[F] is a moment of centred Gaussians
with signs as factors, elementary but for E[sgn x_1 sgn x_2 sgn u_1 sgn u_2], which is one more integral: scale the
covariances between x's and u's by lambda in [0, 1] and integrate the derivative (Plackett).
"""

import numpy as np
from mpmath import mp

from sign_moments import moment, two_signs


def legendre(n):
    """Gauss-Legendre nodes and weights on [-1, 1]."""
    with mp.workdps(mp.dps + 15):
        nodes = [mp.cos(mp.pi * (k + mp.mpf(3) / 4) / (n + mp.mpf(1) / 2)) for k in range(n)]
        out = []
        for x in nodes:
            for _ in range(100):
                before, now = mp.mpf(1), x
                for k in range(2, n + 1):
                    before, now = now, ((2 * k - 1) * x * now - (k - 1) * before) / k
                slope = n * (before - x * now) / (1 - x * x)
                step = now / slope
                x -= step
                if abs(step) < mp.mpf(10) ** (-mp.dps + 5):
                    break
            out.append((x, 2 / ((1 - x * x) * slope**2)))
    return out


def composite(arithmetic, edges, n):
    """Nodes and weights of n-point Gauss-Legendre on each panel between the edges."""
    rule = legendre(n)
    pairs = [((a + b) / 2 + (b - a) / 2 * x, (b - a) / 2 * w) for a, b in zip(edges, edges[1:]) for x, w in rule]
    return [np.array([arithmetic.real(pair[k]) for pair in pairs]) for k in (0, 1)]


def grids(arithmetic, batch_size, nodes, panels, ratio, depth):
    """Nodes and weights in pi/2 - theta over the Gaussian bulk of the powers of sine, and in 1 - lambda.  Panels shrink
    geometrically towards lambda = 1 and, where theta = 0 has weight, towards theta = 0: as R -> +-1 the conditional
    correlations go to +-1 there like square roots."""
    width = min(mp.pi / 2, mp.sqrt(mp.mpf(120) / batch_size))
    theta = [width * k / panels for k in range(panels + 1)]
    if batch_size < 8:
        theta[-1:] = [width - (width - theta[-2]) * mp.mpf(ratio) ** -k for k in range(1, 8)] + [width]
    path = [mp.mpf(0)] + [mp.mpf(ratio) ** -k for k in range(depth, -1, -1)]
    return composite(arithmetic, theta, nodes), composite(arithmetic, path, nodes)


def covariance(m, overlap, sine_square, sine, cosine):
    """Of (x_1/sqrt q, x_2/sqrt q, u_1, u_2) under E_q."""
    a, b = (m - 1) / m + 0 * sine, -1 / m + 0 * sine
    c, d = overlap * a * sine, overlap * b * sine
    e, f = overlap**2 * (a * sine**2 + 1 / m) + sine_square, overlap**2 * cosine**2 / m
    return [[a, b, c, d], [b, a, d, c], [c, d, e, f], [d, c, f, e]]


def determinant(m, overlap, sine_square, sine, rest):
    """Of that covariance, cov(x, u) scaled by lambda, rest = 1 - lambda^2: sums times differences of the two samples."""
    plus = (m - 2) / m * (overlap**2 * sine**2 * (m - 2) / m * rest + sine_square + 2 * overlap**2 / m)
    return plus * (overlap**2 * sine**2 * rest + sine_square)


def four_signs(arithmetic, m, overlap, sine_square, sine, full, path):
    """E[sgn x_1 sgn x_2 sgn u_1 sgn u_2]; derivative in lambda: sum over (i, j) of cov(x_i, u_j) times
    E[2 delta(x_i) 2 delta(u_j) sgn(the other x) sgn(the other u)]."""
    (a, b, c, d), (_, _, e, f) = full[0], full[2]
    start = two_signs(arithmetic, a, b, a) * two_signs(arithmetic, e, f, e)
    total = 0 * sine
    for gap, weight in zip(*path):
        scale, rest = 1 - gap, gap * (2 - gap)  # lambda, 1 - lambda^2
        whole = determinant(m, overlap, sine_square, sine, rest)
        for near, far in ((c, d), (d, c)):  # (i, j) with i = j, then i != j
            pair = a * e - scale**2 * near**2
            # cov(other x, other u | x_i = u_j = 0): near joins x and u of either pair, far, b and f join the pairs.
            xj, uj = (b, scale * far), (scale * far, f)  # cov of the other x, of the other u, with (x_i, u_j)
            solve = (xj[0] * (e * uj[0] - scale * near * uj[1]) + xj[1] * (a * uj[1] - scale * near * uj[0])) / pair
            inner = two_signs(arithmetic, None, scale * near - solve, None, whole / pair)
            total = total + weight * 2 * near * 4 / (2 * arithmetic.pi * arithmetic.sqrt(pair)) * inner
    return start + total


def components(arithmetic, batch_size, overlap, sine_square, grid):
    """Averages from which every activation of two slopes is put together; real scalars."""
    m = arithmetic.real(batch_size)
    (gap, weight), path = grid
    sine, cosine = arithmetic.cos(gap), arithmetic.sin(gap)
    full = covariance(m, overlap, sine_square, sine, cosine)
    four = four_signs(arithmetic, m, overlap, sine_square, sine, full, path)
    whole = determinant(m, overlap, sine_square, sine, 0)

    def mean(k, powers, signs):
        """E[F Q^(-k/2)], F = prod powers times signs of (x_1, x_2, u_1, u_2)."""
        inner = moment(arithmetic, full, list(powers), list(signs), four, whole)
        norm = arithmetic.real(2 / (mp.mpf(2) ** (mp.mpf(k) / 2) * mp.gamma(mp.mpf(k) / 2)))
        power = batch_size - 2 - k + powers[0] + powers[1]
        return norm * np.sum(weight * cosine ** (k - 1) * sine**power * inner)

    root = arithmetic.sqrt(m)

    def add(powers, x1, x2=0):
        return (powers[0] + x1, powers[1] + x2, *powers[2:])

    def single(powers, signs):  # E[s^-2 (1 - 1/M - vhat^2/M) F]
        return (m - 1) * mean(2, powers, signs) - m * mean(4, add(powers, 2), signs)

    def single_field(powers, signs):  # E[s^-2 (1 - 1/M - vhat^2/M) vhat F]
        return root * ((m - 1) * mean(3, add(powers, 1), signs) - m * mean(5, add(powers, 3), signs))

    def pair(powers, signs):  # E[s^-2 (1 + vhat_1 vhat_2) F]
        return m * mean(2, powers, signs) + m * m * mean(4, add(powers, 1, 1), signs)

    def pair_field(powers, signs):  # E[s^-2 (1 + vhat_1 vhat_2) vhat_2 F]
        return m * root * (mean(3, add(powers, 0, 1), signs) + m * mean(5, add(powers, 1, 2), signs))

    u, uu, none = (0, 0, 1, 0), (0, 0, 1, 1), (0, 0, 0, 0)
    return {
        "one": m * mean(2, none, none) * (m - 3) / m,  # 1, a check of the grid
        "field": root * mean(1, (1, 0, 1, 0), none),
        "fieldAbs": root * mean(1, (1, 0, 1, 0), (1, 0, 1, 0)),
        "gate": ((m - 1) * mean(1, none, none) - m * mean(3, (2, 0, 0, 0), none)) / root,
        "gateSigns": ((m - 1) * mean(1, none, (1, 0, 1, 0)) - m * mean(3, (2, 0, 0, 0), (1, 0, 1, 0))) / root,
        "square": single((0, 0, 2, 0), none),
        "squareSigns": single((0, 0, 2, 0), (1, 0, 1, 0)),
        "cross": single_field(u, none),
        "crossAbs": single_field(u, (1, 0, 1, 0)),
        "pair": pair(uu, none),
        "pairMixed": pair(uu, (0, 0, 1, 1)) + pair(uu, (1, 1, 0, 0))
        + 2 * (pair(uu, (1, 0, 0, 1)) + pair(uu, (1, 0, 1, 0))),
        "pairSigns": pair(uu, (1, 1, 1, 1)),
        "pairCross": pair_field(u, none),
        "pairCrossOwn": pair_field(u, (1, 0, 1, 0)),
        "pairCrossOther": pair_field(u, (1, 1, 0, 0)) + pair_field(u, (0, 1, 1, 0)),
    }


def directions(arithmetic, m):
    """Over the direction vhat alone: E[vhat^4], E[vhat_1 vhat_2], E[vhat_1^2 vhat_2^2], the last two also with signs."""
    a, b = (m - 1) / m, -1 / m
    two = lambda powers, signs: moment(arithmetic, [[a, b], [b, a]], powers, signs)
    second, fourth = m / (m - 1), m * m / ((m - 1) * (m + 1))
    return {"fourth": fourth * 3 * a * a, "product": second * b, "productAbs": second * two([1, 1], [1, 1]),
            "squares": fourth * two([2, 2], [0, 0]), "squaresSigns": fourth * two([2, 2], [1, 1])}


def coefficients(arithmetic, batch_size, sine_square, parts, up, down):
    """A = A0 + A1 gamma, B, C = C0 + C1 gamma + C2 gamma^2 + CS S."""
    m, up, down = arithmetic.real(batch_size), arithmetic.real(up), arithmetic.real(down)
    # g = c x + d |x|, g' = c + d sgn, and even and odd parts of g'^2, g'^3.
    c, d = (up + down) / 2, (up - down) / 2
    e, f = (up**2 + down**2) / 2, (up**2 - down**2) / 2
    h, j = (up**3 + down**3) / 2, (up**3 - down**3) / 2
    away, t = directions(arithmetic, m), parts
    pairs = (m - 1) / m
    gate = c * c * t["gate"] + d * d * t["gateSigns"]
    c0 = e * e * t["square"] + f * f * t["squareSigns"] - pairs * (
        c**4 * t["pair"] + c * c * d * d * t["pairMixed"] + d**4 * t["pairSigns"])
    c1 = -2 * (h * c * t["cross"] + j * d * t["crossAbs"]) + 2 * pairs * (
        c * c * e * t["pairCross"] + d * d * e * t["pairCrossOwn"] + c * d * f * t["pairCrossOther"])
    c2 = m / (m - 3) * ((up**4 + down**4) / 2 * (1 - 1 / m - away["fourth"] / m) - pairs * (
        e * e * (away["product"] + away["squares"]) + f * f * (away["productAbs"] + away["squaresSigns"])))
    return {"A0": c * c * t["field"] + d * d * t["fieldAbs"], "A1": -e, "B": sine_square * gate, "BoverSineSquare": gate,
            "C0": c0 / m, "C1": c1 / m, "C2": c2 / m, "CS": e * (m - 2) / (m * (m - 3))}
