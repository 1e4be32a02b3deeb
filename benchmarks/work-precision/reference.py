"""States at `until` of the initial-value problems of problems.json, to 25 digits or more.

    python3 benchmarks/work-precision/reference.py            rewrites references.json (half an hour)
    python3 benchmarks/work-precision/reference.py NAME...    these problems only, the others are kept

Needs mpmath, numpy and gmpy2.  Every problem is solved twice, with different orders and tolerances (for batch
normalization with ReLU also with different quadratures and Chebyshev tables); `digits` is what both share, relative, of
the component that shares least.  Initial values and parameters are the doubles of problems.json taken exactly.
Learning problems are integrated in the angle phi, so that r = 1 - overlap = 2 sin(phi/2)^2 keeps its digits.
"""

import json
import pathlib
import sys

from mpmath import mp, mpf

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "spec" / "reference"))

from dynamics import time_derivative  # noqa: E402
from extrapolation import integrate  # noqa: E402
from trajectories import rates  # noqa: E402

import batch_relu  # noqa: E402
import taylor  # noqa: E402

PRINTED, REQUIRED = 28, 25
# Tolerance of a step and columns of the extrapolation.  The Arenstorf orbit enlarges errors most, and ends at y near 0.
ROUGH, FINE = (mpf(10) ** -36, 15), (mpf(10) ** -41, 18)
ROUGH_ORBIT, FINE_ORBIT = (mpf(10) ** -46, 18), (mpf(10) ** -52, 22)
# Order, decimal exponent of the tolerance and bits of Taylor series; the tolerance is that of the last terms.
TAYLOR_ROUGH, TAYLOR_FINE = (30, -36, 150), (36, -40, 170)


def lotka_volterra(_, state):
    u, v = state
    return [u * (v - 2), v * (1 - u)]


def arenstorf(_, state):
    """Three bodies in the plane, in the rotating frame; state (x, y, x', y')."""
    moon = mpf(0.012277471)
    x, y, dx, dy = state
    earth = 1 - moon
    near, far = x + moon, x - earth
    d1, d2 = (near**2 + y**2) ** mpf(1.5), (far**2 + y**2) ** mpf(1.5)
    return [dx, dy, x + 2 * dy - earth * near / d1 - moon * far / d2, y - 2 * dx - earth * y / d1 - moon * y / d2]


def at_end(f, start, until, tolerance, columns):
    (state,) = integrate(f, mpf(0), start, [mpf(until)], tolerance, columns, mpf(1) / 1024)
    return state


def solve_weight_normalized(problem, start, fine):
    """By Taylor series, whose first term is compared with the right-hand side of dynamics.py at start and end."""
    config = problem["learning"]
    flow, make_series = time_derivative(config, rates(config)), lambda: taylor.weight_normalized_relu(config)
    state = [start[0], start[1], 1 / start[2] ** 2]
    ends = [state, taylor.integrate(make_series, state, problem["until"], *(TAYLOR_FINE if fine else TAYLOR_ROUGH))]
    for phi, gamma, z in ends:
        slope = taylor.slope(make_series, [phi, gamma, z])
        slope[2] *= -1 / (2 * z ** mpf(1.5))  # dL/dt
        known = flow(mpf(0), [phi, gamma, 1 / mp.sqrt(z)])
        assert all(abs(a - b) < mpf(10) ** -35 for a, b in zip(slope, known)), (problem["name"], slope, known)
    phi, gamma, z = ends[1]
    return [gamma, 2 * mp.sin(phi / 2) ** 2, 1 / mp.sqrt(z)]


def solve_learning(problem, fine):
    """(gamma, r, length); without gamma for sgd."""
    config = problem["learning"]
    first, sgd = config["initial"], config["rule"] == "sgd"
    r = mpf(1 - first["overlap"])  # the double where the solvers start
    start = [2 * mp.asin(mp.sqrt(r / 2)), mpf(first.get("gamma", 0)), mpf(first["length"])]
    if config["rule"] == "weight-normalization":
        return solve_weight_normalized(problem, start, fine)
    if config["rule"] == "batch-normalization" and config["activation"] == "relu":
        flow = batch_relu.time_derivative(config, fine)
        steps = batch_relu.STEP_FINE if fine else batch_relu.STEP_ROUGH
    else:
        flow = time_derivative(config, rates(config))
        steps = FINE if fine else ROUGH
    phi, gamma, length = at_end(flow, start, problem["until"], *steps)
    return [2 * mp.sin(phi / 2) ** 2, length] if sgd else [gamma, 2 * mp.sin(phi / 2) ** 2, length]


def solve(problem, fine):
    if "learning" in problem:
        return solve_learning(problem, fine)
    initial, until = problem["initial"], problem["until"]
    if problem["system"] == "van-der-pol":
        order = TAYLOR_FINE if fine else TAYLOR_ROUGH
        return taylor.integrate(lambda: taylor.van_der_pol(1e-6), [mpf(x) for x in initial], until, *order)
    flow = {"lotka-volterra": lotka_volterra, "arenstorf": arenstorf}[problem["system"]]
    return at_end(flow, [mpf(x) for x in initial], until, *(FINE_ORBIT if fine else ROUGH_ORBIT))


def components(problem):
    if "learning" not in problem:
        return {"lotka-volterra": ["u", "v"], "arenstorf": ["x", "y", "x'", "y'"], "van-der-pol": ["y1", "y2"]}[
            problem["system"]
        ]
    sgd = problem["learning"]["rule"] == "sgd"
    return ["misalignment", "length"] if sgd else ["gamma", "misalignment", "length"]


def reference(problem):
    rough, fine = solve(problem, False), solve(problem, True)
    worst = max(abs(a - b) / abs(b) for a, b in zip(rough, fine))
    digits = int(mp.floor(-mp.log10(worst))) if worst else PRINTED
    assert digits >= REQUIRED, (problem["name"], mp.nstr(worst, 3))
    return {"name": problem["name"], "until": problem["until"], "components": components(problem),
            "state": [mp.nstr(x, PRINTED, strip_zeros=False) for x in fine], "digits": min(digits, PRINTED)}


def write(rows):
    head = {
        "source": "extrapolated midpoint rule in mpmath, for van-der-pol and wn-* Taylor series; two orders and tolerances",
        "generator": "python3 benchmarks/work-precision/reference.py",
        "digits": "relative, shared by two computations; 28 are printed",
    }
    entries = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items())
    lines = ",\n".join("    " + json.dumps(row) for row in rows)
    (HERE / "references.json").write_text(f'{{\n{entries},\n  "references": [\n{lines}\n  ]\n}}\n')


def main(wanted):
    problems = json.loads((HERE / "problems.json").read_text())["problems"]
    unknown = set(wanted) - {p["name"] for p in problems}
    assert not unknown, f"unknown problems {sorted(unknown)}"
    table = HERE / "references.json"
    kept = json.loads(table.read_text())["references"] if wanted and table.exists() else []
    known = {row["name"]: row for row in kept}
    for problem in problems:
        if not wanted or problem["name"] in wanted:
            known[problem["name"]] = reference(problem)
            print(known[problem["name"]], flush=True)
            write([known[p["name"]] for p in problems if p["name"] in known])


if __name__ == "__main__":
    mp.dps = 60
    main(sys.argv[1:])
