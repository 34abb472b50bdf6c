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
  /** Builds a data project. */
  async define(files) {
    this.defined = new Set(files.map(([name]) => name.replace(".datasource", "")));
    if (files.length === 0) return;
    const form = new FormData();
    for (const [name, text] of files) form.append("data_project://", new Blob([text]), name);
    const built = await (await this.kinglet.request("v1/build", { method: "POST", headers: this.headers, body: form })).json();
    if (built.result !== "success") throw new Error(JSON.stringify(built));
  },
  async load(path, table) {
    const blob = await (await fetch(`${path}.parquet`)).blob();
    const file = new File([blob], `${table}.parquet`);
    const start = performance.now();
    const token = this.headers.Authorization.slice("Bearer ".length);
    const response = await this.kinglet.ingestFile(file, { datasource: table, mode: this.defined.has(table) ? "append" : "create", token });
    if (!response.ok) throw new Error(await response.text());
    await response.text();
    return performance.now() - start;
  },
  async query(sql) {
    const start = performance.now();
    const response = await this.kinglet.request("v0/sql", { method: "POST", headers: this.headers, body: `${sql} FORMAT JSON` });
    const answer = await response.json();
    const elapsed = performance.now() - start;
    if (!response.ok) throw new Error(answer.error);
    return { elapsed, rows: answer.rows };
  },
};
