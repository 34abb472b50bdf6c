"""The calls of PyPI's verdin."""

from report import TOKEN, URL, call, equal, fails
from verdin.api.base import ApiError
from verdin.client import Client

client = Client(TOKEN, api=URL)
ORDER = {"order_id": 7001, "ordered_at": "2026-02-01 00:00:00", "product": "cup", "amount": 4}


def n_orders():
    return client.sql("SELECT count() AS n FROM orders WHERE order_id BETWEEN 7000 AND 8000").json().data[0]["n"]


@call("sql().json")
def _():
    result = client.sql("SELECT 1 AS one").json()
    equal(result.data, [{"one": 1}])
    equal(result.meta[0]["type"], "UInt8")


@call("datasource().append")
def _():
    answer = client.datasource("orders").append([[7001, "2026-02-01 00:00:00", "cup", 4]])
    equal((answer.status_code, answer.json()["quarantine_rows"]), (200, 0))
    equal(n_orders(), 1)


@call("datasource().append_ndjson")
def _():
    answer = client.datasource("orders").append_ndjson([{**ORDER, "order_id": 7002}])
    equal((answer.status_code, answer.json()["error"]), (200, False))


@call("datasource().send_events")
def _():
    answer = client.datasource("orders").send_events([{**ORDER, "order_id": 7003}])
    equal(answer.successful_rows, 1)
    equal(n_orders(), 3)


@call("pipe().query")
def _():
    answer = client.pipe("top_products").query({"limit": "2"})
    equal(len(answer.data), 2)


@call("pipe().pages")
def _():
    assert len(list(client.pipe("all_products").pages(page_size=2))) >= 2


@call("pipe().sql")
def _():
    equal(client.pipe("top_products").sql("SELECT count() AS n FROM _ WHERE revenue > 0").data[0]["n"] > 0, True)


@call("api.datasources.list, get_information")
def _():
    names = [source["name"] for source in client.api.datasources.list().datasources]
    assert "orders" in names
    equal(client.api.datasources.get_information("orders").info["engine"]["engine"], "MergeTree")


@call("api.datasources.append")
def _():
    answer = client.api.datasources.append("orders", "7004,2026-02-01 00:00:00,cup,4\n", format="csv")
    equal((answer.error, answer.quarantine_rows, answer.invalid_lines), (None, 0, 0))


@call("api.datasources.truncate")
def _():
    client.api.datasources.truncate("product_totals")


@call("api.events.send")
def _():
    equal(client.api.events.send("orders", [{**ORDER, "order_id": 7005}], wait=True).successful_rows, 1)


@call("api.events.send, packed")
def _():
    sent = client.api.events.send("orders", [{**ORDER, "order_id": 7006}], wait=True, compress=True)
    equal((sent.successful_rows, n_orders()), (1, 6))


@call("api.pipes.list, get_information, query")
def _():
    assert "top_products" in [pipe["name"] for pipe in client.api.pipes.list().pipes]
    equal(client.api.pipes.get_information("top_products").info["type"], "endpoint")
    equal(len(client.api.pipes.query("top_products", parameters={"limit": "1"}).data), 1)


@call("api.query.query")
def _():
    equal(client.api.query.query("SELECT 3 AS three").data, [{"three": 3}])


@call("api.tokens.list, get_information")
def _():
    tokens = client.api.tokens.list().tokens
    equal("workspace admin token" in [token["name"] for token in tokens], True)
    equal(client.api.tokens.get_information(TOKEN).info["name"], "workspace admin token")


@call("api.variables: create, list, get, update, delete")
def _():
    variables = client.api.variables
    equal(variables.create("key", "one").variable["name"], "key")
    equal([variable["name"] for variable in variables.list().variables], ["key"])
    first = variables.get("key").variable
    assert first["created_at"] and "value" not in first
    equal(variables.update("key", "two").variable["name"], "key")
    equal(variables.delete("key").ok, True)
    equal(fails(ApiError, lambda: variables.get("key")).status_code, 404)
