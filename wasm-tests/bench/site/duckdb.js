// DuckDB-WASM as one object: load a table from an Arrow stream, run a query.
import * as duckdb from "@duckdb/duckdb-wasm";

window.engine = {
  async open() {
    const worker = new Worker("duckdb-browser-eh.worker.js");
    this.db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
    await this.db.instantiate("duckdb-eh.wasm");
    this.connection = await this.db.connect();
  },
  async load(table) {
    const stream = new Uint8Array(await (await fetch(`data/${table}.arrow`)).arrayBuffer());
    const start = performance.now();
    await this.connection.insertArrowFromIPCStream(stream, { name: table, create: true });
    return performance.now() - start;
  },
  async query(sql) {
    const start = performance.now();
    const answer = await this.connection.query(sql);
    const elapsed = performance.now() - start;
    const rows = answer.toArray().map((row) => Object.values(row.toJSON()).map((value) => String(value)));
    return { elapsed, rows: rows.length };
  },
};
