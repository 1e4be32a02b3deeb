"""Ordinary differential equations in high precision: the midpoint rule extrapolated in h^2 (Gragg, Bulirsch, Stoer)."""

from mpmath import mpf


def midpoint(f, x, y, dy, width, n):
    """n (even) leapfrog steps across width; the error is a series in (width/n)^2."""
    h = width / n
    before, here = y, [a + h * b for a, b in zip(y, dy)]
    for k in range(1, n):
        slope = f(x + k * h, here)
        before, here = here, [a + 2 * h * b for a, b in zip(before, slope)]
    slope = f(x + width, here)
    return [(a + b + h * c) / 2 for a, b, c in zip(before, here, slope)]


def step(f, x, y, width, columns):
    """The extrapolated value and the relative difference of the last two orders."""
    dy, rows = f(x, y), []
    for j in range(1, columns + 1):
        row = [midpoint(f, x, y, dy, width, 2 * j)]
        for k in range(1, j):
            ratio = mpf(j) ** 2 / mpf(j - k) ** 2 - 1
            row.append([a + (a - b) / ratio for a, b in zip(row[-1], rows[-1][k - 1])])
        rows.append(row)
    best, other = rows[-1][-1], rows[-1][-2]
    scale = [max(abs(a), abs(a - b)) or mpf(1) for a, b in zip(best, y)]
    return best, max(abs(a - b) / s for a, b, s in zip(best, other, scale))


def integrate(f, x, y, stops, tolerance, columns=16, width=None):
    """Yields the state at every stop, in order."""
    width = width or mpf(1) / 8
    for stop in stops:
        while x < stop:
            h = min(width, stop - x)
            new, error = step(f, x, y, h, columns)
            if error <= tolerance:
                x, y = (stop if h == stop - x else x + h), new
            if error > tolerance or h == width:
                factor = (tolerance / error) ** (mpf(1) / (2 * columns - 1)) * mpf("0.9") if error else mpf(2)
                width = h * max(mpf("0.3"), min(mpf(2), factor))
        yield y
