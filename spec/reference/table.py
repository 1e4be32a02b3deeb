"""How every table here is written: one JSON document, one case a line."""

import json
import pathlib


def write(name, head, **lists):
    """NAME.json beside this file: the head's entries, then each named list."""
    parts = [json.dumps(key) + ": " + json.dumps(value) for key, value in head.items()]
    for key, cases in lists.items():
        lines = ",\n".join("    " + json.dumps(case) for case in cases)
        parts.append(f"{json.dumps(key)}: [\n{lines}\n  ]")
    path = pathlib.Path(__file__).resolve().with_name(name + ".json")
    path.write_text("{\n  " + ",\n  ".join(parts) + "\n}\n")
