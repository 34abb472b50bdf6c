// Kinglet as one object: load a table from a Parquet file, run a query.
import { connect, controlled } from "kinglet";

window.engine = {
  async open() {
    this.kinglet = connect();
    await this.kinglet.ready();
    const tokens = await (await this.kinglet.request("tokens")).json();
    this.headers = { Authorization: `Bearer ${tokens.workspace_admin_token}` };
  },
  /** Until plain fetch goes through the service worker. */
  async control() {
    await this.open();
    await controlled();
  },
  async load(table) {
    const blob = await (await fetch(`data/${table}.parquet`)).blob();
    const file = new File([blob], `${table}.parquet`);
    const start = performance.now();
    const token = this.headers.Authorization.slice("Bearer ".length);
    const response = await this.kinglet.ingestFile(file, { datasource: table, mode: "create", token });
    if (!response.ok) throw new Error(await response.text());
    await response.text();
    return performance.now() - start;
  },
  async query(sql) {
    const start = performance.now();
    const response = await this.kinglet.request("v0/sql", { method: "POST", headers: this.headers, body: `${sql} SETTINGS join_use_nulls = 1 FORMAT JSON` });
    const answer = await response.json();
    const elapsed = performance.now() - start;
    if (!response.ok) throw new Error(answer.error);
    return { elapsed, rows: answer.rows };
  },
};
