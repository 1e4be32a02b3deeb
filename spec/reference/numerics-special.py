"""Values of the functions in lib/numerics/special-functions.ts and distributions.ts, to 32 digits, and a ziggurat.

    python3 spec/reference/numerics-special.py    rewrites numerics-special.json beside it

Every argument is a double. A value is given as the double nearest to it and the rest, itself rounded to a double:
|got - value - rest| is then an error without a reference's own rounding in it.
"""

from mpmath import mp, mpf

from table import write

mp.dps = 60


def erf_points():
    small = [0.0, 1e-300, 1e-20, 1e-8]
    grid = [i / 40 + 1e-3 / (i + 1) for i in range(240)]
    return small + grid + [-x for x in grid[5::20]] + [0.5, 1.0, 5.95, 6.0, 6.5]


def erfc_points():
    edges = [0.5, 0.5 - 2**-54, 0.5 + 2**-53, 26.4, 26.2, 26 + 0.99 * 2**-21, 26 + 1.01 * 2**-21]
    return [-7.0, -3.3, -1.0, -0.2, 0.0, 1e-17] + edges + [i / 8 + 7e-4 for i in range(211)]


def normal_points():
    return [-37.4, -0.75, 0.75, 0.0, 1e-10, 9.0] + [-i / 5 - 3e-4 for i in range(187)] + [i / 5 + 3e-4 for i in range(45)]


def probabilities():
    tails = [5e-324, 2.5e-310, 1e-300, 1e-200, 1e-100] + [10.0**-k for k in range(1, 60, 3)]
    middle = [i / 64 + 1e-4 for i in range(63)] + [0.1875, 0.8125, 0.5 - 2**-54, 0.5 + 2**-53, 0.5 + 1e-9, 0.5 - 1e-5]
    return tails + middle + [1 - 2.0**-k for k in range(3, 54, 5)]


def tail_deviate(log_tail, x):
    """The x with log P(Z > x) = log_tail: Newton's method from a rough x."""
    for _ in range(60):
        tail = mp.erfc(x / mp.sqrt(2)) / 2
        change = (mp.log(tail) - log_tail) * tail * mp.sqrt(2 * mp.pi) * mp.exp(x * x / 2)
        x += change
        if abs(change) < mpf(10) ** -45 * abs(x):
            return x
    raise ArithmeticError(log_tail)


def deviate_of_tail(log_tail):
    return tail_deviate(log_tail, mp.sqrt(max(mpf(0), -2 * (log_tail + mp.log(2)))))


def normal_quantile(p):
    p = mpf(p)
    return deviate_of_tail(mp.log(1 - p)) if p > 0.5 else -deviate_of_tail(mp.log(p))


def upper_beta(f, d1, d2):
    """P(F > f), through whichever of the two hypergeometric series does not cancel."""
    f, a, b = mpf(f), mpf(d2) / 2, mpf(d1) / 2
    x = 2 * a / (2 * a + 2 * b * f)
    return mp.betainc(a, b, 0, x, regularized=True)


def student_tail(t, degrees):
    return upper_beta(mpf(t) ** 2, 1, degrees) / 2


def student_points():
    return [
        (x, degrees)
        for degrees in (0.5, 1, 2, 3, 7, 7.5, 19, 63, 255, 1000)
        for x in (-40.0, -12.3, -5.0, -2.0, -1.0, -0.9, -0.1, -1e-8, 0.3, 1.0, 1.7, 6.0)
    ]


def fisher_points():
    return [
        (f, d1, d2)
        for d1 in (0.7, 1, 2, 3, 6, 40, 300)
        for d2 in (0.7, 2, 5, 58, 61, 400)
        for f in (1e-3, 0.2, 0.95, 1.0, 1.3, 4.0, 25.0, 300.0)
        if (f, d1, d2) != (300.0, 300, 400)  # below every double
    ]


def deviate_points():
    return [
        (t, degrees)
        for degrees in (1, 2, 7, 19, 63, 1000)
        for t in (1e-9, 1e-3, 0.2, 0.7, 0.999, 1.0, 1.4, 2.0, 3.0, 5.0, 10.0, 20.0, 40.0)
    ] + [(40.0, 1000000)]


def gamma_points():
    return [k / 2 for k in range(1, 80)] + [0.6 + 0.37 * k for k in range(60)] + [10.0 ** (k / 3) + 0.1 for k in range(-18, 27)]


def ziggurat(layers=256):
    """Edge, area of a layer and fraction of points inside the next layer, for layers of equal area under exp(-x^2/2)."""

    def pile(edge):
        density = lambda x: mp.exp(-x * x / 2)
        height = density(edge)
        area = edge * height + mp.sqrt(mp.pi / 2) * mp.erfc(edge / mp.sqrt(2))
        widths = [area / height]
        for _ in range(1, layers):
            if height >= 1:
                return mpf(2), area, []  # above the peak
            widths.append(mp.sqrt(-2 * mp.log(height)))
            height += area / widths[-1]
        return height, area, widths + [mpf(0)]

    low, high = mpf(3), mpf(4)
    for _ in range(150):
        middle = (low + high) / 2
        low, high = (low, middle) if pile(middle)[0] <= 1 else (middle, high)
    height, area, widths = pile(high)
    assert abs(height - 1) < mpf(10) ** -40
    return {"edge": float(high), "area": float(area), "atOnce": float(sum(b / a for a, b in zip(widths, widths[1:])) / layers)}


def split(x):
    value = float(x)
    return {"value": value, "rest": float(x - mpf(value))}


def table(names, points, f):
    rows = [point if isinstance(point, tuple) else (point,) for point in points]
    return [dict(zip(names, row)) | split(f(*map(mpf, row))) for row in rows]


if __name__ == "__main__":
    head = {
        "source": "mpmath: erf, erfc, loggamma, regularized incomplete beta; Newton's method for inverses",
        "generator": "python3 spec/reference/numerics-special.py",
        "definitions": {
            "value, rest": "the nearest double, and what it lacks",
            "normalDistribution": "P(Z <= x)",
            "normalQuantile": "the x with P(Z <= x) = p",
            "normalTailDeviate": "the x with P(Z > x) = exp(logTail)",
            "gammaRatio": "Gamma(x + 1/2)/Gamma(x)",
            "studentDistribution": "P(T <= x)",
            "fisherUpperTail": "P(F > f)",
            "equivalentNormalDeviate": "the z with P(Z > z) = P(T > t)",
            "ziggurat": "256 layers of equal area under exp(-x^2/2): edge, area, fraction of points inside the layer above",
        },
    }
    root2 = mp.sqrt(2)
    write(
        "numerics-special",
        head,
        erf=table(["x"], erf_points(), mp.erf),
        erfc=table(["x"], erfc_points(), mp.erfc),
        normalDistribution=table(["x"], normal_points(), lambda x: mp.erfc(-x / root2) / 2),
        normalQuantile=table(["p"], probabilities(), normal_quantile),
        normalTailDeviate=table(["logTail"], [-1.61, -2.0, -10.0, -745.0, -1e3, -1e4, -1e6], deviate_of_tail),
        gammaRatio=table(["x"], gamma_points(), lambda x: mp.exp(mp.loggamma(x + mpf(1) / 2) - mp.loggamma(x))),
        studentDistribution=table(
            ["x", "degrees"], student_points(), lambda x, n: student_tail(x, n) if x < 0 else 1 - student_tail(x, n)
        ),
        fisherUpperTail=table(["f", "d1", "d2"], fisher_points(), upper_beta),
        equivalentNormalDeviate=table(
            ["t", "degrees"], deviate_points(), lambda t, n: deviate_of_tail(mp.log(student_tail(t, n)))
        ),
        ziggurat=[ziggurat()],
    )
