// DuckDB-WASM as one object: load a table from an Arrow stream, run a query.
import * as duckdb from "@duckdb/duckdb-wasm";

/** A stream of many hundred megabytes is handed over in pieces, so that it need not fit its heap twice. */
const CHUNK = 64 << 20;

window.engine = {
  async open() {
    const worker = new Worker("duckdb-browser-eh.worker.js");
    this.db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
    await this.db.instantiate("duckdb-eh.wasm");
    this.connection = await this.db.connect();
  },
  /** It takes its tables' columns from the files. */
  async define() {},
  async load(path, table) {
    const stream = new Uint8Array(await (await fetch(`${path}.arrow`)).arrayBuffer());
    const start = performance.now();
    for (let at = 0; at < stream.length; at += CHUNK) {
      await this.connection.insertArrowFromIPCStream(stream.slice(at, at + CHUNK), { name: table, create: true });
    }
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
