"""SciPy's integrators on the work-precision problems.

    echo '{"runs": [{"problem": "wn-relu", "method": "LSODA", "tolerance": 1e-8}], "repeats": 5}' | python3 scipy-peer.py

One JSON line a run.  Methods: those of solve_ivp, and `odeint`, the same LSODA with its loop outside Python.  Relative
tolerance `tolerance`, absolute tolerance the larger of `atolFactor` (default 0) times that and 1e-20, from 0 to the
problem's `until`, no output in between.  A run is repeated `repeats` times, and up to 50 times as often until all took 20 ms.
"""

import json
import pathlib
import statistics
import sys
import time
import warnings

from scipy.integrate import odeint, solve_ivp

from right_hand_sides import of_problem

MOST_EVALUATIONS = 2_000_000
PROBLEMS = pathlib.Path(__file__).resolve().parent.parent / "problems.json"


class TooMany(Exception):
    pass


def counted(f):
    def g(now, state):
        g.evaluations += 1
        if g.evaluations > MOST_EVALUATIONS:
            raise TooMany
        return f(now, state)

    g.evaluations = 0
    return g


def solve(f, initial, until, method, relative, absolute):
    """The state at the end, and None or what went wrong."""
    try:
        if method == "odeint":
            options = {"rtol": relative, "atol": absolute, "tcrit": [until], "mxstep": MOST_EVALUATIONS}
            states, info = odeint(f, initial, [0, until], tfirst=True, full_output=True, **options)
            done = info["message"] == "Integration successful."
            return states[-1].tolist(), None if done else info["message"]
        result = solve_ivp(f, (0, until), initial, method, rtol=relative, atol=absolute)
        return result.y[:, -1].tolist(), None if result.success else result.message
    except TooMany:
        return [None] * len(initial), "too many evaluations"
    except (ArithmeticError, ValueError) as error:
        return [None] * len(initial), str(error)


def run(problem, method, relative, absolute, repeats):
    f, initial = of_problem(problem)
    times, failure = [], None
    while failure is None and (len(times) < repeats or (sum(times) < 20 and len(times) < 50 * repeats)):
        g = counted(f)
        start = time.perf_counter()
        state, failure = solve(g, initial, problem["until"], method, relative, absolute)
        times.append(1e3 * (time.perf_counter() - start))
    outcome = "reached-end" if failure is None else "failed: " + " ".join(failure.split())
    return {"method": method, "tolerance": relative, "state": state, "evaluations": g.evaluations,
            "milliseconds": min(times), "medianMilliseconds": statistics.median(times), "outcome": outcome}


def main():
    warnings.simplefilter("ignore")
    request = json.load(sys.stdin)
    problems = {problem["name"]: problem for problem in json.loads(PROBLEMS.read_text())["problems"]}
    for entry in request["runs"]:
        problem, tolerance = problems[entry["problem"]], entry["tolerance"]
        absolute = max(entry.get("atolFactor", 0) * tolerance, 1e-20)
        print(json.dumps(run(problem, entry["method"], tolerance, absolute, request["repeats"])), flush=True)


if __name__ == "__main__":
    main()
