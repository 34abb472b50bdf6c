"""The calls of PyPI's clickhouse-connect: types both ways, formats, parameters, failures."""

import datetime
import decimal
import ipaddress
import uuid

import clickhouse_connect
from clickhouse_connect.driver.exceptions import DatabaseError
from report import CLICKHOUSE_PORT, TOKEN, call, equal, fails


def connect(**more):
    return clickhouse_connect.get_client(
        host="localhost", port=CLICKHOUSE_PORT, username="anybody", password=TOKEN, **more
    )


client = connect()
DAY = datetime.date(2026, 2, 1)
MOMENT = datetime.datetime(2026, 2, 1, 10, 0, 0)
ROWS = [
    [1, -5, 0.5, "a", "x", None, DAY, MOMENT, [1, 2], {"k": 1}, decimal.Decimal("1.25"), True, uuid.UUID(int=1)],
    [2, 5, -1.5, "é\n", "y", "z", DAY, MOMENT, [], {}, decimal.Decimal("-3.50"), False, uuid.UUID(int=2)],
]


@call("get_client, server's version and zone")
def _():
    assert client.server_version.startswith("26."), client.server_version


@call("command")
def _():
    equal(client.command("SELECT 40 + 2"), 42)


@call("query, rows and types")
def _():
    result = client.query("SELECT number, toString(number) AS s, number / 2 AS h FROM numbers(3)")
    equal(result.result_rows, [(0, "0", 0.0), (1, "1", 0.5), (2, "2", 1.0)])
    equal([kind.name for kind in result.column_types], ["UInt64", "String", "Float64"])


@call("query, many types")
def _():
    sql = """SELECT toDate('2026-02-01') AS d, toDateTime('2026-02-01 10:00:00') AS t,
        [1, 2] AS a, map('k', 1) AS m, tuple(1, 'x') AS u, toDecimal64(1.25, 2) AS c, NULL AS n,
        toUUID('00000000-0000-0000-0000-000000000001') AS i, toLowCardinality('lc') AS l, toIPv4('1.2.3.4') AS v,
        true AS b, CAST('a', 'Enum8(\\'a\\' = 1)') AS e, toNullable(5) AS o"""
    row = client.query(sql).result_rows[0]
    equal(row[0], DAY)
    equal(row[1].replace(tzinfo=None), MOMENT)
    equal(row[2:7], ([1, 2], {"k": 1}, (1, "x"), decimal.Decimal("1.25"), None))
    wanted = (uuid.UUID(int=1), "lc", ipaddress.IPv4Address("1.2.3.4"), True, "a", 5)
    equal(row[7:], wanted)


@call("query with parameters bound at the server")
def _():
    result = client.query(
        "SELECT {n:UInt32} + 1, {s:String}, {a:Array(Int32)}", parameters={"n": 41, "s": "a'b\\c\td", "a": [1, 2]}
    )
    equal(result.result_rows, [(42, "a'b\\c\td", [1, 2])])


@call("query with parameters bound at the client")
def _():
    equal(client.query("SELECT %(n)s + 1", parameters={"n": 41}).result_rows, [(42,)])


@call("query with settings")
def _():
    settings = {"max_threads": 1, "max_result_rows": 1000}
    equal(client.query("SELECT count() FROM orders", settings=settings).row_count, 1)


@call("insert, then query of the same rows")
def _():
    client.insert("types", ROWS, column_names="*")
    found = client.query("SELECT * FROM types ORDER BY id").result_rows
    equal([list(row[:7]) + [row[7].replace(tzinfo=None)] + list(row[8:]) for row in found], ROWS)


@call("insert of some columns")
def _():
    client.insert("types", [[3, "c"]], column_names=["id", "text"])
    equal(client.query("SELECT text, maybe, numbers FROM types WHERE id = 3").result_rows, [("c", None, [])])


@call("insert of 100,000 rows, in blocks")
def _():
    rows = [[1_000_000 + at, str(at)] for at in range(100_000)]
    summary = client.insert("types", rows, column_names=["id", "text"])
    equal(summary.written_rows, 100_000)
    equal(client.query("SELECT count(), sum(id) FROM types WHERE id >= 1000000").result_rows, [(100_000, 104999950000)])


for coding in ["gzip", "zstd", "lz4"]:

    @call(f"insert and query, packed by {coding}")
    def _():
        packed = connect(compress=coding)
        packed.insert("types", [[7, coding]], column_names=["id", "text"])
        equal(packed.query("SELECT count() FROM types WHERE id = 7 AND text = {c:String}", {"c": coding}).result_rows, [(1,)])
        equal(packed.query("SELECT sum(number) FROM (SELECT number FROM numbers(100000))").result_rows, [(4999950000,)])


@call("query_row_block_stream")
def _():
    with client.query_row_block_stream("SELECT number FROM numbers(200000)") as stream:
        equal(sum(len(block) for block in stream), 200_000)


@call("raw_query as CSV")
def _():
    equal(client.raw_query("SELECT 1, 'a'", fmt="CSV"), b'1,"a"\n')


@call("raw_insert of CSV")
def _():
    client.raw_insert("types", ["id", "text"], b'4,"d"\n', fmt="CSV")
    equal(client.query("SELECT text FROM types WHERE id = 4").result_rows, [("d",)])


@call("command INSERT ... SELECT")
def _():
    client.command("INSERT INTO types (id, text) SELECT id + 100, text FROM types WHERE id = 4")
    equal(client.query("SELECT text FROM types WHERE id = 104").result_rows, [("d",)])


@call("summary and query_id of a query")
def _():
    result = client.query("SELECT count() FROM orders")
    assert result.query_id and int(result.summary["read_rows"]) >= 0


@call("failure with its code")
def _():
    error = fails(DatabaseError, lambda: client.query("SELECT nothing FROM orders"))
    assert "UNKNOWN_IDENTIFIER" in str(error), error


@call("a wrong password")
def _():
    wrong = {"host": "localhost", "port": CLICKHOUSE_PORT, "username": "x", "password": "y"}
    error = fails(DatabaseError, lambda: clickhouse_connect.get_client(**wrong))
    assert "AUTHENTICATION_FAILED" in str(error), error


@call("DESCRIBE, SHOW, EXISTS")
def _():
    equal([row[0] for row in client.query("DESCRIBE TABLE products").result_rows], ["product", "category"])
    assert ("orders",) in client.query("SHOW TABLES").result_rows
    equal(client.command("EXISTS TABLE orders"), 1)


@call("a session's settings are taken and forgotten")
def _():
    client.command("SET max_threads = 2")


@call("ping")
def _():
    equal(client.ping(), True)
