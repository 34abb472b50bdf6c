/** How many events a second the engine takes. */
import { Profile } from "../harness/chromium.ts";

const SECONDS = 3;

/** Rows a second: single events, batches of a hundred and of ten thousand; acknowledged when visible, or when on disk. */
export type EventFigures = Record<string, { buffered: number; durable: number }>;

export async function measureEvents(url: string): Promise<EventFigures> {
  const profile = new Profile();
  const context = await profile.launch();
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => console.error(`events: ${error.message}`));
    await page.goto(`${url}kinglet.html`);
    await page.waitForFunction(() => (window as unknown as { engine?: unknown }).engine !== undefined);
    return await page.evaluate(async (seconds) => {
      type Engine = { open(): Promise<void>; kinglet: { request(path: string, init?: RequestInit): Promise<Response> }; headers: Record<string, string> };
      const { engine } = window as unknown as { engine: Engine };
      await engine.open();
      const { kinglet, headers } = engine;
      const event = (id: number) => `{"at":"2024-05-01T10:00:00.${String(id % 1000).padStart(3, "0")}Z","id":${id},"kind":"click","page":"/products/${id % 97}","price":${id % 1000}.5}\n`;
      const made = await kinglet.request("v0/datasources?name=clicks&mode=create&format=ndjson", { method: "POST", headers, body: event(3_000_000_000) });
      if (!made.ok) throw new Error(await made.text());
      const figures: EventFigures = {};
      let rows = 1;
      for (const batch of [1, 100, 10_000]) {
        const speed = { buffered: 0, durable: 0 };
        for (const [kind, wait] of [["buffered", ""], ["durable", "&wait=true"]] as const) {
          let body = "";
          for (let id = 0; id < batch; id += 1) body += event(id);
          let sent = 0;
          const start = performance.now();
          const lane = async () => {
            while (performance.now() - start < seconds * 1000) {
              const answer = await kinglet.request(`v0/events?name=clicks${wait}`, { method: "POST", headers, body });
              if (!answer.ok) throw new Error(await answer.text());
              sent += batch;
            }
          };
          await Promise.all([lane(), lane(), lane(), lane()]);
          speed[kind] = (sent * 1000) / (performance.now() - start);
          rows += sent;
          const q = new URLSearchParams({ q: "SELECT count() FROM clicks FORMAT TSV" });
          const found = Number(await (await kinglet.request(`v0/sql?${q}`, { headers })).text());
          if (found !== rows) throw new Error(`${found} rows are visible, ${rows} were acknowledged`);
        }
        figures[String(batch)] = speed;
      }
      return figures;
    }, SECONDS);
  } finally {
    await context.close();
    profile.remove();
  }
}

/** Print the figures as a table. */
export function printEvents(figures: EventFigures): void {
  console.log("\nevents, rows per second\n");
  console.log(`${"rows in a request".padEnd(24)}${"buffered".padStart(14)}${"wait=true".padStart(14)}`);
  for (const [batch, { buffered, durable }] of Object.entries(figures)) {
    console.log(`${batch.padEnd(24)}${buffered.toFixed(0).padStart(14)}${durable.toFixed(0).padStart(14)}`);
  }
}
