/** How fast an endpoint answers: a million rows, filtered on the sorting key, by plain fetch through the service worker. */
import type { Page } from "playwright-core";
import { Profile } from "../harness/chromium.ts";

const ROWS = 1_000_000;
const CALLS = Number(process.env["CALLS"] ?? 400);

const HITS = `SCHEMA >
    \`site\` UInt32,
    \`at\` DateTime,
    \`path\` LowCardinality(String),
    \`duration\` Float64

ENGINE "MergeTree"
ENGINE_SORTING_KEY "site, at"
`;

const FILL = `NODE rows
SQL >
    SELECT toUInt32(number % 1000) AS site, toDateTime('2024-01-01') + intDiv(number, 10) AS at,
        concat('/page/', toString(number % 97)) AS path, (number % 1013) / 10 AS duration
    FROM numbers(${ROWS})

TYPE copy
TARGET_DATASOURCE hits
`;

const TOP = `NODE top
SQL >
    %
    SELECT path, count() AS hits, avg(duration) AS duration
    FROM hits
    WHERE site = {{UInt32(site, 0)}} AND at >= {{DateTime(since, '2024-01-01 00:00:00')}}
    GROUP BY path
    ORDER BY hits DESC, path
    LIMIT 10

TYPE endpoint
`;

/** Milliseconds at a share of the calls. */
export interface Latency {
  p50: number;
  p95: number;
  p99: number;
}

export interface EndpointFigures {
  /** An answer that needs no work. */
  bare: Latency;
  /** The endpoint, each call with another key. */
  endpoint: Latency;
  /** The engine's own time of those calls. */
  engine: Latency;
  /** The endpoint, each call the same. */
  repeated: Latency;
  /** Calls answered in a second, eight at a time. */
  perSecond: number;
}

/** Fill a data source, then call its endpoint. */
export async function measureEndpoint(url: string): Promise<EndpointFigures> {
  const profile = new Profile();
  const context = await profile.launch();
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => console.error(`endpoint: ${error.message}`));
    await page.goto(`${url}kinglet.html`);
    await page.waitForFunction(() => (window as unknown as { engine?: unknown }).engine !== undefined);
    await page.evaluate(() => (window as unknown as { engine: { control(): Promise<void> } }).engine.control());
    const token = await deploy(page);
    return await page.evaluate(measureIn, [token, CALLS] as const);
  } finally {
    await context.close();
    profile.remove();
  }
}

async function deploy(page: Page): Promise<string> {
  return page.evaluate(
    async (files) => {
      const { workspace_admin_token: token } = await (await fetch("tokens")).json();
      const headers = { Authorization: `Bearer ${token}` };
      const form = new FormData();
      for (const [name, text] of files) form.append("data_project://", new Blob([text]), name);
      const built = await (await fetch("v1/build", { method: "POST", headers, body: form })).json();
      if (built.result !== "success") throw new Error(JSON.stringify(built));
      const copied = await (await fetch("v0/pipes/fill/copy", { method: "POST", headers })).json();
      if (copied.job?.status !== "done") throw new Error(JSON.stringify(copied));
      // Merges are the past's work, not the calls'.
      await new Promise((resolve) => setTimeout(resolve, 3000));
      return token as string;
    },
    [
      ["hits.datasource", HITS],
      ["fill.pipe", FILL],
      ["top.pipe", TOP],
    ] as const,
  );
}

async function measureIn([token, calls]: readonly [string, number]): Promise<EndpointFigures> {
  const at = (times: number[], share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
  const latency = (times: number[]) => {
    times.sort((a, b) => a - b);
    return { p50: at(times, 0.5), p95: at(times, 0.95), p99: at(times, 0.99) };
  };
  const address = (site: number) => `v0/pipes/top.json?site=${site}&since=2024-01-01+06:00:00&token=${token}`;
  const engine: number[] = [];
  const call = async (path: string) => {
    const start = performance.now();
    const answer = await fetch(path);
    const text = await answer.text();
    const time = performance.now() - start;
    if (!answer.ok) throw new Error(text);
    const elapsed = (JSON.parse(text) as { statistics?: { elapsed: number } }).statistics?.elapsed;
    if (elapsed !== undefined) engine.push(elapsed * 1000);
    return time;
  };
  const timed = async (path: (call: number) => string) => {
    const times: number[] = [];
    for (let n = 0; n < calls; n += 1) times.push(await call(path(n)));
    return latency(times);
  };
  const other = (n: number) => address((n * 389) % 1000);
  for (let n = 0; n < 50; n += 1) await call(other(n + 7));
  engine.length = 0;
  const endpoint = await timed(other);
  const own = latency([...engine]);
  const bare = await timed(() => "v0/regions");
  const repeated = await timed(() => address(5));
  const start = performance.now();
  await Promise.all(
    Array.from({ length: 8 }, async (_, lane) => {
      for (let n = lane; n < calls; n += 8) await call(other(n));
    }),
  );
  return { bare, endpoint, engine: own, repeated, perSecond: (calls * 1000) / (performance.now() - start) };
}

/** Print the figures as a table. */
export function printEndpoint(figures: EndpointFigures): void {
  console.log(`\nendpoint over ${ROWS} rows filtered on the sorting key, through the service worker, milliseconds (${CALLS} calls)\n`);
  console.log(`${"".padEnd(24)}${["p50", "p95", "p99"].map((name) => name.padStart(10)).join("")}`);
  for (const [name, { p50, p95, p99 }] of [
    ["bare round trip", figures.bare],
    ["endpoint", figures.endpoint],
    ["of it in the engine", figures.engine],
    ["the same call again", figures.repeated],
  ] as const) {
    console.log(`${name.padEnd(24)}${[p50, p95, p99].map((time) => time.toFixed(1).padStart(10)).join("")}`);
  }
  console.log(`requests per second, eight at a time: ${figures.perSecond.toFixed(0)}`);
}
