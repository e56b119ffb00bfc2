"""Tests of the baseline: `python3 -m unittest discover --start-directory .ci`."""
import json
import os
import tempfile
import unittest

import baseline
from baseline import Tally, Verdict


class Verdicts(unittest.TestCase):
    def test_a_case_counts_in_the_category_of_its_file(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, category in (("Many", "filters"), ("One", "filters"), ("Alone", "queries")):
                with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as file:
                    json.dump({"category": category, "cases": []}, file)
            results = [
                {"file": "Many", "id": "Many/a", "status": "passed"},
                {"file": "One", "id": "One/a", "status": "failed"},
                {"file": "One", "id": "One/b", "status": "skipped"},
                {"file": "Alone", "id": "Alone/a", "status": "dead"},
                {"file": "Gone", "id": "Gone/a", "status": "passed"},
            ]
            found = baseline.tally(baseline.of_cases({"results": results}, folder))
        self.assertEqual(found, {"Gone": Tally(1, 0, 0, 0, 0), "filters": Tally(1, 1, 0, 0, 1), "queries": Tally(0, 1, 0, 0, 0)})

    def test_an_operation_counts_under_its_kind(self):
        results = [
            {"world": "blog", "what": "schema", "verdict": "pass"},
            {"world": "blog", "what": "op 1 read filter", "verdict": "pass"},
            {"world": "blog", "what": "op 12 read filter", "verdict": "fail"},
            {"world": "blog", "what": "op 3", "verdict": "skip"},
        ]
        found = baseline.tally(baseline.of_recordings(results))
        self.assertEqual(
            found,
            {"not deployed": Tally(0, 0, 0, 0, 1), "read filter": Tally(1, 1, 0, 0, 0), "schema": Tally(1, 0, 0, 0, 0)},
        )

    def test_what_chance_decides_is_not_a_skip(self):
        skip = {"world": "blog", "verdict": "skip"}
        verdicts = baseline.of_recordings(
            [
                {**skip, "what": "op 1 read", "found": ["a text stands by chance in a made-up id", "", "", ""]},
                {**skip, "what": "op 2 read", "found": ["quirk", "", "", ""]},
            ]
        )
        self.assertEqual([verdict.outcome for verdict in verdicts], ["chance", "skipped"])

    def test_a_verdict_names_what_was_judged(self):
        verdicts = baseline.of_recordings([{"world": "blog", "what": "op 7 dump", "verdict": "fail"}])
        self.assertEqual(list(verdicts), [Verdict("dump", "failed", "blog: op 7 dump")])


class Differences(unittest.TestCase):
    listed = [{"judge": "recordings", "databases": ["sqlite"], "what": ["blog: op 7 dump"], "reason": "why"}]

    def allowed(self, outcome, name="blog: op 7 dump", judge="recordings", database="sqlite"):
        verdicts = [Verdict("dump", outcome, name)]
        return [verdict.outcome for verdict in baseline.allow(verdicts, judge, database, self.listed)]

    def test_a_failure_on_the_list_is_a_difference(self):
        self.assertEqual(self.allowed("failed"), ["differs"])

    def test_anything_else_stays_what_it_is(self):
        self.assertEqual(self.allowed("passed"), ["passed"])
        self.assertEqual(self.allowed("failed", name="blog: op 8 dump"), ["failed"])
        self.assertEqual(self.allowed("failed", judge="cases"), ["failed"])
        self.assertEqual(self.allowed("failed", database="postgres"), ["failed"])

    def test_the_list_of_the_project_has_a_reason_for_everything(self):
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "differences.json")
        for difference in baseline.read_json(path):
            self.assertEqual(set(difference), {"judge", "databases", "what", "reason"})
            self.assertTrue(difference["reason"] and difference["what"])


class Growth(unittest.TestCase):
    held = {"cases": {"filters": 5, "queries": 7}}

    def fallen(self, tallies):
        return list(baseline.fallen(tallies, self.held))

    def test_as_many_is_enough(self):
        tallies = {"cases": {"filters": Tally(5, 3, 0, 0, 0), "queries": Tally(7, 0, 0, 0, 0)}}
        self.assertEqual(self.fallen(tallies), [])
        self.assertFalse(baseline.has_grown(tallies, self.held))

    def test_chance_is_not_held_against_the_server(self):
        tallies = {"cases": {"filters": Tally(4, 0, 0, 1, 0), "queries": Tally(7, 0, 0, 0, 0)}}
        self.assertEqual(self.fallen(tallies), [])
        tallies = {"cases": {"filters": Tally(3, 1, 0, 1, 0), "queries": Tally(7, 0, 0, 0, 0)}}
        self.assertEqual(self.fallen(tallies), [("cases", "filters", 3, 5)])

    def test_more_here_does_not_make_up_for_fewer_there(self):
        tallies = {"cases": {"filters": Tally(9, 0, 0, 0, 0), "queries": Tally(6, 1, 0, 0, 0)}}
        self.assertEqual(self.fallen(tallies), [("cases", "queries", 6, 7)])
        self.assertTrue(baseline.has_grown(tallies, self.held))

    def test_a_category_that_is_gone_has_fallen(self):
        tallies = {"cases": {"filters": Tally(5, 0, 0, 0, 0)}}
        self.assertEqual(self.fallen(tallies), [("cases", "queries", 0, 7)])

    def test_a_new_category_has_grown(self):
        tallies = {"recordings": {"schema": Tally(1, 0, 0, 0, 0)}}
        self.assertTrue(baseline.has_grown(tallies, {}))

    def test_what_is_written_is_read(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "baseline.json")
            self.assertEqual(baseline.read(path, "sqlite"), {})
            baseline.write(path, "sqlite", {"cases": {"filters": Tally(5, 2, 0, 0, 1)}})
            baseline.write(path, "mysql", {"cases": {"filters": Tally(6, 1, 0, 0, 1)}})
            self.assertEqual(baseline.read(path, "sqlite"), {"cases": {"filters": 5}})
            self.assertEqual(baseline.read(path, "mysql"), {"cases": {"filters": 6}})


class Text(unittest.TestCase):
    def test_totals_stand_beside_what_is_held(self):
        tallies = {"cases": {"filters": Tally(6, 1, 3, 0, 0), "queries": Tally(6, 0, 0, 0, 2)}}
        self.assertEqual(
            list(baseline.table(tallies, {"cases": {"filters": 5}})),
            [
                "cases:",
                "  filters     6 passed     1 failed     3 differ   0 chance     0 skipped  baseline     5  +1",
                "  queries     6 passed     0 failed     0 differ   0 chance     2 skipped",
                "  total      12 passed     1 failed     3 differ   0 chance     2 skipped  baseline     5  +7",
            ],
        )


if __name__ == "__main__":
    unittest.main()
