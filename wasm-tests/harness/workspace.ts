/** What a test does with the workspace behind a page. */
import type { Page } from "playwright-core";
import { requestIn, type Answer } from "./page.ts";

/** The headers of the workspace's own admin. */
export async function adminHeaders(page: Page): Promise<Record<string, string>> {
  const { workspace_admin_token: token } = JSON.parse((await requestIn(page, "tokens")).text);
  return { Authorization: `Bearer ${token}` };
}

/** Make a data source from a few lines of CSV with a header. */
export async function createFromCsv(page: Page, name: string, csv: string): Promise<Answer> {
  const headers = await adminHeaders(page);
  return requestIn(page, `v0/datasources?name=${name}&mode=create&format=csv`, { method: "POST", headers, body: csv });
}

/** Make a data source that takes events, from one of them. */
export async function createFromEvent(page: Page, name: string, event: object): Promise<Answer> {
  const headers = await adminHeaders(page);
  const body = `${JSON.stringify(event)}\n`;
  return requestIn(page, `v0/datasources?name=${name}&mode=create&format=ndjson`, { method: "POST", headers, body });
}

/** The one value that `sql` brings, as text. */
export async function value(page: Page, sql: string): Promise<string> {
  const headers = await adminHeaders(page);
  const query = new URLSearchParams({ q: `${sql} FORMAT TSV` });
  const answer = await requestIn(page, `v0/sql?${query}`, { headers });
  if (answer.status !== 200) throw new Error(`${sql}: ${answer.status} ${answer.text}`);
  return answer.text.trim();
}
