"""Makes the calls of a client one after the other and tells of each, as a line of JSON."""

import json
import os
import traceback

URL = os.environ["KINGLET_URL"]
CLICKHOUSE_PORT = int(os.environ["KINGLET_CLICKHOUSE_PORT"])
TOKEN = os.environ["KINGLET_TOKEN"]


def call(name):
    """Makes the call that a function holds, at once."""

    def run(function):
        try:
            function()
            line = {"call": name, "passed": True}
        except Exception:
            line = {"call": name, "passed": False, "why": traceback.format_exc(limit=-4)}
        print(json.dumps(line), flush=True)
        return function

    return run


def equal(found, wanted):
    """Fails unless two values are the same, showing both."""
    assert found == wanted, f"{found!r} is not {wanted!r}"


def fails(kind, function):
    """The error of a kind that a function ends with."""
    try:
        function()
    except kind as error:
        return error
    raise AssertionError("it did not fail")
