"""The calls of PyPI's tinybird-sdk."""

import os
import tempfile
import time

from report import TOKEN, URL, call, equal, fails
from tinybird_sdk import create_client
from tinybird_sdk.api.branches import create_branch, delete_branch, list_branches
from tinybird_sdk.client.types import TinybirdError

client = create_client({"base_url": URL, "token": TOKEN})
# The small project of the suite: its data source `orders`, and its endpoint over it.
ORDER = {"order_id": 9001, "ordered_at": "2026-02-01 00:00:00", "product": "urn", "amount": 2.5}


def n_orders(condition):
    return client.sql(f"SELECT count() AS n FROM orders WHERE {condition}")["data"][0]["n"]


@call("sql")
def _():
    answer = client.sql("SELECT 1 AS one, 'a' AS a")
    equal(answer["data"], [{"one": 1, "a": "a"}])
    equal([column["type"] for column in answer["meta"]], ["UInt8", "String"])


@call("sql that fails")
def _():
    error = fails(TinybirdError, lambda: client.sql("SELECT nothing FROM orders"))
    equal(error.status_code, 400)
    assert "nothing" in str(error)


@call("query with parameters")
def _():
    answer = client.query("top_products", {"limit": 2, "since": "2026-01-01"})
    equal(len(answer["data"]), 2)
    equal([column["name"] for column in answer["meta"]], ["product", "category", "revenue"])


@call("query with a bad parameter")
def _():
    error = fails(TinybirdError, lambda: client.query("top_products", {"limit": "many"}))
    equal(error.status_code, 400)


@call("query of an unknown pipe")
def _():
    equal(fails(TinybirdError, lambda: client.query("nothing", {})).status_code, 404)


@call("ingest")
def _():
    equal(client.ingest("orders", ORDER), {"successful_rows": 1, "quarantined_rows": 0})


@call("ingest_batch, one row refused")
def _():
    rows = [{**ORDER, "order_id": 9002}, {**ORDER, "order_id": "none"}]
    equal(client.ingest_batch("orders", rows), {"successful_rows": 1, "quarantined_rows": 1})


@call("datasources.ingest without waiting")
def _():
    client.datasources.ingest("orders", {**ORDER, "order_id": 9003}, {"wait": False})
    equal(n_orders("order_id > 9000"), 3)


@call("datasources.append of a file")
def _():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "orders.csv")
        with open(path, "w") as file:
            file.write("order_id;ordered_at;product;amount\n9004;2026-02-01 00:00:00;urn;1\n")
        answer = client.datasources.append("orders", {"file": path, "csv_dialect": {"delimiter": ";"}})
    equal((answer["error"], answer["quarantine_rows"], answer["invalid_lines"]), (False, 0, 0))
    equal(n_orders("order_id > 9000"), 4)


@call("datasources.delete, first dry")
def _():
    condition = {"delete_condition": "order_id = 9004"}
    equal(client.datasources.delete("orders", {**condition, "dry_run": True})["rows_to_be_deleted"], 1)
    equal(client.datasources.delete("orders", condition)["job"]["kind"], "delete_data")
    equal(n_orders("order_id > 9000"), 3)


@call("datasources.replace by a file")
def _():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "products.csv")
        with open(path, "w") as file:
            file.write("product,category\ntea,drink\nurn,ware\n")
        client.datasources.replace("products", {"file": path})
    equal(client.sql("SELECT count() AS n FROM products")["data"], [{"n": 2}])


@call("datasources.truncate")
def _():
    client.datasources.truncate("products")
    equal(client.sql("SELECT count() AS n FROM products")["data"], [{"n": 0}])


@call("tokens.create_jwt, and a query by it")
def _():
    scope = {"type": "PIPES:READ", "resource": "top_products", "fixed_params": {"limit": 1}}
    made = client.tokens.create_jwt(
        {"name": "reader", "expires_at": int(time.time()) + 600, "scopes": [scope], "limits": {"rps": 100}}
    )
    reader = create_client({"base_url": URL, "token": made["token"]})
    equal(len(reader.query("top_products", {"limit": 3})["data"]), 1)
    equal(fails(TinybirdError, lambda: reader.sql("SELECT count() FROM orders")).status_code, 403)


@call("get_context")
def _():
    equal(client.get_context()["token"], TOKEN)


@call("branches: create, list, delete")
def _():
    config = {"base_url": URL, "token": TOKEN}
    made = create_branch(config, "feature")
    equal([branch.name for branch in list_branches(config)], ["feature"])
    branch = create_client({"base_url": URL, "token": made.token})
    branch.ingest("orders", {**ORDER, "order_id": 1})
    equal(branch.sql("SELECT count() AS n FROM orders")["data"], [{"n": 1}])
    delete_branch(config, "feature")
    equal(list_branches(config), [])
