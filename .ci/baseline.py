"""What the judges found, by category, and the baseline that these numbers may only raise.

A baseline is a JSON object: database -> judge -> category -> how many passed.

A list of differences is a JSON array of what may fail, because it is the original that errs: objects with the `judge`, the
`databases` it concerns, `what` was judged, by the names of verdicts, and the `reason`.
"""
import collections
import glob
import json
import os
import re

# One thing that was judged: its category, `passed`, `failed`, `differs`, `chance` or `skipped`, and its name.
Verdict = collections.namedtuple("Verdict", "category outcome name")
Tally = collections.namedtuple("Tally", "passed failed differs chance skipped")
# How the judge of the recordings says that an answer cannot be judged this time: the server makes ids up, and one of them
# holds the text that the operation looks for. Which operations that hits changes from run to run.
CHANCE = "a text stands by chance"


def tally(verdicts):
    """Counts verdicts: category -> Tally, sorted."""
    counts = collections.Counter((verdict.category, verdict.outcome) for verdict in verdicts)
    return {
        category: Tally(*(counts[category, outcome] for outcome in Tally._fields))
        for category in sorted({category for category, _ in counts})
    }


def of_cases(results, folder):
    """The verdicts on the conformance cases. A case's file names its category."""
    categories = {}
    for path in glob.glob(os.path.join(folder, "**", "*.json"), recursive=True):
        with open(path, encoding="utf-8") as file:
            stem = os.path.splitext(os.path.basename(path))[0]
            categories[stem] = json.load(file).get("category", stem)
    for result in results["results"]:
        # A case that was running when the server went away is neither.
        outcome = result["status"] if result["status"] in Tally._fields else "failed"
        yield Verdict(categories.get(result["file"], result["file"]), outcome, result["id"])


def of_recordings(results):
    """The verdicts on the recorded worlds. The kind of an operation is its category."""
    outcomes = {"pass": "passed", "fail": "failed", "skip": "skipped"}
    for result in results:
        category = re.sub(r"^op \d+ ?", "", result["what"]) or "not deployed"
        name = "%s: %s" % (result["world"], result["what"])
        reason = (result.get("found") or [""])[0]
        by_chance = result["verdict"] == "skip" and reason.startswith(CHANCE)
        yield Verdict(category, "chance" if by_chance else outcomes[result["verdict"]], name)


def allow(verdicts, judge, database, differences):
    """The verdicts with failures that are on the list turned to `differs`."""
    allowed = {
        what
        for difference in differences
        if difference["judge"] == judge and database in difference["databases"]
        for what in difference["what"]
    }
    for verdict in verdicts:
        differs = verdict.outcome == "failed" and verdict.name in allowed
        yield verdict._replace(outcome="differs") if differs else verdict


def fallen(tallies, baseline):
    """Where fewer passed than the baseline holds: (judge, category, passed, held) each.

    What could not be judged by chance is not held against the server.
    """
    for judge, categories in baseline.items():
        for category, held in categories.items():
            found = tallies.get(judge, {}).get(category)
            passed = found.passed if found else 0
            if passed + (found.chance if found else 0) < held:
                yield judge, category, passed, held


def has_grown(tallies, baseline):
    """Whether more passed somewhere than the baseline holds."""
    return any(
        found.passed > baseline.get(judge, {}).get(category, 0)
        for judge, categories in tallies.items()
        for category, found in categories.items()
    )


def table(tallies, baseline):
    """The totals as lines of text."""
    for judge, categories in tallies.items():
        width = max(map(len, categories), default=0)
        yield "%s:" % judge
        held = baseline.get(judge, {})
        for category, found in categories.items():
            yield line(category, width, found, held.get(category))
        total = Tally(*map(sum, zip(*categories.values()))) if categories else Tally(0, 0, 0, 0, 0)
        yield line("total", width, total, sum(held.values()) if held else None)


def line(name, width, found, held):
    text = "  %-*s %5d passed %5d failed %5d differ %3d chance %5d skipped" % (width, name, *found)
    return text if held is None else text + "  baseline %5d  %+d" % (held, found.passed - held)


def read(path, database):
    """The baseline of a database in a file; without the file an empty one."""
    if not os.path.exists(path):
        return {}
    return read_json(path).get(database, {})


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def write(path, database, tallies):
    """Makes these numbers the baseline of a database."""
    whole = read_json(path) if os.path.exists(path) else {}
    whole[database] = {
        judge: {category: found.passed for category, found in categories.items()}
        for judge, categories in tallies.items()
    }
    with open(path, "w", encoding="utf-8") as file:
        json.dump(whole, file, indent=2, sort_keys=True)
        file.write("\n")
