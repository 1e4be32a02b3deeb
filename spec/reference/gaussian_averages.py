"""Exact averages of one student-teacher pair of unit Gaussian fields, in any precision.

u, v are standard normal with correlation cos(phi); the pre-activation of the student is gamma v;
delta = (g(u) - g(gamma v)) g'(gamma v).  Everything is a plain sum whose terms cancel near phi = 0, gamma = 1:
the callers raise mp.dps until that does not matter.  Used by averages.py, trajectories.py, learning_rates.py.
"""

from mpmath import mp, mpf

# Slopes (z > 0, z < 0) of the positively homogeneous activations.
SLOPES = {"identity": ("1", "1"), "relu": ("1", "0"), "leaky-relu": ("1", "0.1")}


def slopes(activation):
    # The code under test holds 0.1 as a double, so the double is the input.
    return [mpf(float(s)) for s in SLOPES[activation]]


def homogeneous(activation, gamma, phi, integrate=None):
    """v = r cos t, u = r cos(t - phi): each average is E[r^2] = 2 (or 1) times a mean over the angle t,
    elementary on each of the four sectors between the lines u = 0 and v = 0."""
    up, down = slopes(activation)
    integrate = integrate or sector_integrals
    half, c = mp.pi / 2, mp.cos(phi)
    sectors = [  # from, to, sign of u, sign of v
        (phi - half, half, 1, 1),
        (half, phi + half, 1, -1),
        (phi + half, 3 * half, -1, -1),
        (-half, phi - half, -1, 1),
    ]
    out = dict.fromkeys(("teacherV", "studentV", "deltaTransverse", "deltaSquared", "gainSquared", "epsilon"), mpf(0))
    for a, b, sign_u, sign_v in sectors:
        vv, uv, uu = integrate(a, b, phi)
        p = up if sign_u > 0 else down  # g(u) = p u
        q = up if sign_v * gamma > 0 else down  # g(gamma v) = q gamma v
        out["teacherV"] += q * p * uv
        out["studentV"] += q * q * gamma * vv
        out["deltaTransverse"] += q * (p * (uu - c * uv) - q * gamma * (uv - c * vv))
        squares = p * p * uu - 2 * p * q * gamma * uv + (q * gamma) ** 2 * vv
        out["deltaSquared"] += q * q * squares
        out["gainSquared"] += q * q * (b - a) / (2 * mp.pi)
        out["epsilon"] += squares
    return out


def sector_integrals(a, b, phi):
    """E[v v], E[u v], E[u u] over the sector a < t < b, by the antiderivatives of cos(t - x) cos(t - y)."""

    def product(x, y):
        return ((b - a) * mp.cos(x - y) + (mp.sin(2 * b - x - y) - mp.sin(2 * a - x - y)) / 2) / 2 / mp.pi

    return product(0, 0), product(0, phi), product(phi, phi)


def erf_activation(gamma, phi):
    """g(z) = erf(z / sqrt 2), so g'(z) = sqrt(2/pi) exp(-z^2/2): a factor g' or g'^2 only narrows the Gaussian
    of v to variance 1/(1 + gamma^2) or 1/(1 + 2 gamma^2); then E[g(x) g(y)] is the arcsine law
    and E[g(x) y] = cov(x, y) E[g'(x)]."""
    c, s2 = mp.cos(phi), mp.sin(phi) ** 2
    g2 = mpf(gamma) ** 2
    k = mp.sqrt(2 / mp.pi)

    def arcsine(xx, xy, yy):
        return 2 / mp.pi * mp.asin(xy / mp.sqrt((1 + xx) * (1 + yy)))

    def square_error(var):  # E[(g(u) - g(gamma v))^2], v of variance var, u = c v + sin(phi) w
        uu, uy, yy = c * c * var + s2, gamma * c * var, g2 * var
        return arcsine(uu, uu, uu) - 2 * arcsine(uu, uy, yy) + arcsine(yy, yy, yy)

    mass, var = 1 / mp.sqrt(1 + g2), 1 / (1 + g2)
    gain_u = k / mp.sqrt(1 + c * c * var + s2)  # E[g'(u)] under the narrowed v
    gain_y = k / mp.sqrt(1 + g2 * var)
    mass2, var2 = 1 / mp.sqrt(1 + 2 * g2), 1 / (1 + 2 * g2)
    return {
        "teacherV": k * mass * c * var * gain_u,
        "studentV": k * mass * gamma * var * gain_y,
        "deltaTransverse": k * mass * s2 * gain_u,  # u - c v = sin(phi) w, independent of v
        "deltaSquared": k * k * mass2 * square_error(var2),
        "gainSquared": k * k * mass2,
        "epsilon": square_error(mpf(1)),
    }


def averages(activation, gamma, phi):
    out = erf_activation(gamma, phi) if activation == "erf" else homogeneous(activation, gamma, phi)
    out["deltaV"] = out["teacherV"] - out["studentV"]
    return out
