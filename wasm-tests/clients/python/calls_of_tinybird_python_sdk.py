"""The calls of PyPI's tinybird-python-sdk, whose package is called tb."""

import json

from report import TOKEN, URL, call, equal
from tb.api import API
from tb.datasource import Datasource

api = API(TOKEN, api_url=URL)


def n_orders():
    return json.loads(api.get("/sql?q=SELECT count() AS n FROM orders WHERE order_id > 8000 FORMAT JSON").content)[
        "data"
    ][0]["n"]


@call("API.get")
def _():
    equal(n_orders(), 0)


@call("API.post")
def _():
    answer = api.post("/sql", data="SELECT 2 AS two FORMAT JSON")
    equal(answer.json()["data"], [{"two": 2}])


@call("Datasource, rows added and flushed")
def _():
    with Datasource("orders", TOKEN, api_url=URL) as orders:
        orders << {"order_id": 8001, "ordered_at": "2026-02-01 00:00:00", "product": "jar", "amount": 1}
        orders += {"order_id": 8002, "ordered_at": "2026-02-01 00:00:00", "product": "jar", "amount": 1}
        orders.append('{"order_id":8003,"ordered_at":"2026-02-01 00:00:00","product":"jar","amount":1}')
    equal(n_orders(), 3)


@call("Datasource, nothing to flush")
def _():
    Datasource("orders", TOKEN, api_url=URL).flush()
    equal(n_orders(), 3)
