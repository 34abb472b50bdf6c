/** The language module in its worker: it answers before any engine is loaded, and quickly. */
import { beforeEach, expect, test } from "vitest";
import type { Page } from "playwright-core";
import type { LanguageClient } from "kinglet";
import { scene } from "../harness/scene.ts";
import type { TestWindow } from "../harness/page.ts";

const site = await scene();
let page: Page;

/** What this test puts on the window. */
interface LanguageWindow extends TestWindow {
  language: LanguageClient;
}

const files = {
  "datasources/events.datasource":
    "SCHEMA >\n    `day` Date,\n    `hits` UInt32\n\nENGINE MergeTree\nENGINE_SORTING_KEY day\n",
  "pipes/top.pipe":
    "NODE daily\nSQL >\n    SELECT day, sum(hits) AS s FROM events GROUP BY day\n\n" +
    "NODE shown\nSQL >\n    %\n    SELECT s FROM daily WHERE day > {{ Date(since, description='First day') }}\nTYPE endpoint\n",
};

beforeEach(async () => {
  page = await site.context.newPage();
  page.on("pageerror", (error) => console.error("page error:", error.message));
  await page.goto(`${site.server.url}?connect=no`);
  await page.waitForFunction(() => "loaded" in window);
  await page.evaluate(async (files) => {
    const target = window as unknown as LanguageWindow;
    target.language = new target.api.LanguageClient();
    target.language.setFiles(files);
    await target.language.ready();
  }, files);
});

test("three mistakes are told while no engine is loaded", async () => {
  const text = files["pipes/top.pipe"].replace("GROUP", "GRUOP").replace("FROM events", "FROM evnts").replace("TYPE", "TYP");
  const found = await page.evaluate(async (text) => {
    const { language } = window as unknown as LanguageWindow;
    return language.diagnostics({ path: "pipes/top.pipe", text });
  }, text);
  expect(found.map(({ from, to }) => text.slice(from, to))).toEqual(["evnts", "GRUOP", "TYP"]);
  expect(found.map(({ hint }) => hint)).toEqual(["Did you mean 'events'?", "Did you mean GROUP?", "Did you mean TYPE?"]);
  expect(site.server.asked.some((path) => path.endsWith("language_bg.wasm"))).toBe(true);
  expect(site.server.asked.some((path) => path.endsWith("engine_bg.wasm"))).toBe(false);
});

test("every question has an answer of its type", async () => {
  const answers = await page.evaluate(async (text) => {
    const { language } = window as unknown as LanguageWindow;
    const source = { path: "pipes/top.pipe", text };
    const at = text.indexOf("sum(hits)") + 1;
    const daily = text.indexOf("FROM daily") + 6;
    return {
      findings: await language.projectDiagnostics(),
      tokens: [...(await language.tokens(source)).slice(0, 6)],
      sections: (await language.sections(source)).map(({ kind, name }) => `${kind} ${name}`),
      formatted: await language.format({ path: "q.sql", text: "select  1" }),
      completions: (await language.complete(source, daily))?.items.map(({ label }) => label),
      hover: await language.hover(source, at),
      call: await language.signature(source, at + 3),
      doc: await language.functionDoc("SUM"),
      definition: await language.definition(source, daily),
      references: await language.references(source, daily),
      renameable: await language.renameable(source, daily),
      rename: await language.rename({ kind: "datasource", name: "events" }, "visits"),
      parameters: await language.parameters(source),
      columns: await language.columns(source),
      lineage: await language.lineage(),
    };
  }, files["pipes/top.pipe"]);
  expect(answers.findings).toEqual({});
  expect(answers.tokens).toEqual([0, 4, 12, 5, 10, 3]);
  expect(answers.sections).toContain("node shown");
  expect(answers.formatted).toMatchObject({ ok: true, text: "select 1\n" });
  expect(answers.completions).toEqual(expect.arrayContaining(["daily", "events"]));
  expect(answers.hover).toMatchObject({ kind: "aggregate", title: expect.stringContaining("sum(") });
  expect(answers.call).toMatchObject({ name: "sum", argument: 0 });
  expect(answers.doc).toMatchObject({ name: "sum", description: expect.stringMatching(/\S/) });
  expect(answers.definition).toEqual([{ path: "pipes/top.pipe", from: 5, to: 10 }]);
  expect(answers.references).toHaveLength(2);
  expect(answers.renameable).toMatchObject({ what: { kind: "node", name: "daily", pipe: "top" } });
  expect(answers.rename).toMatchObject({
    ok: true,
    moves: { "datasources/events.datasource": "datasources/visits.datasource" },
    edits: { "pipes/top.pipe": [{ insert: "visits" }] },
  });
  expect(answers.parameters).toEqual([{ name: "since", type: "Date", required: true, description: "First day" }]);
  expect(answers.columns).toEqual([{ name: "s", type: "" }]);
  expect(answers.lineage.edges).toEqual([{ from: "datasource:events", to: "pipe:top", kind: "reads" }]);
});

/** The best of five times of each question about a text, in milliseconds. */
async function timed(path: string, text: string): Promise<Record<string, number>> {
  const times = await page.evaluate(
    async ([path, text]) => {
      const { language } = window as unknown as LanguageWindow;
      const source = { path, text };
      const at = text.length - 40;
      const calls = {
        diagnostics: () => language.diagnostics(source),
        tokens: () => language.tokens(source),
        sections: () => language.sections(source),
        format: () => language.format(source),
        complete: () => language.complete(source, at),
        hover: () => language.hover(source, at),
        signature: () => language.signature(source, at),
        definition: () => language.definition(source, at),
        references: () => language.references(source, at),
        parameters: () => language.parameters(source),
        columns: () => language.columns(source),
        lineage: () => language.lineage("nodes"),
      };
      const times: Record<string, number> = {};
      for (const [name, call] of Object.entries(calls)) {
        await call();
        let best = Infinity;
        for (let turn = 0; turn < 5; turn += 1) {
          const start = performance.now();
          await call();
          best = Math.min(best, performance.now() - start);
        }
        times[name] = best;
      }
      language.updateFiles({ [path]: null });
      return times;
    },
    [path, text] as const,
  );
  console.log(Object.entries(times).map(([name, time]) => `${name} ${time.toFixed(1)} ms`).join(", "));
  return times;
}

test("a pipe of 2,000 lines is answered while one types", async () => {
  const node = (at: number): string =>
    `NODE n${at}\nSQL >\n    %\n    SELECT\n        day,\n        ${at ? "max(s)" : "sum(hits)"} AS s,\n        countIf(hits > ${at}) AS c\n` +
    `    FROM ${at === 0 ? "events" : `n${at - 1}`}\n    WHERE day > {{ Date(since) }}\n    GROUP BY day\n\n`;
  const text = Array.from({ length: 182 }, (_, at) => node(at)).join("");
  expect(text.split("\n").length).toBeGreaterThan(2000);
  for (const [name, time] of Object.entries(await timed("pipes/long.pipe", text))) expect(time, name).toBeLessThan(500);
});

test("a query of 2,000 lines is answered while one types", async () => {
  const columns = Array.from({ length: 1900 }, (_, at) => `    sumIf(hits, day = toDate('2024-01-01') + ${at}) AS c${at}`);
  const joins = Array.from({ length: 100 }, (_, at) => `JOIN (SELECT day, hits AS h${at} FROM events) AS j${at} USING day`);
  const text = `SELECT\n${columns.join(",\n")}\nFROM events\n${joins.join("\n")}\nWHERE day > '2024-01-01' AND hits > 1 AND day < today()\n`;
  expect(text.split("\n").length).toBeGreaterThan(2000);
  for (const [name, time] of Object.entries(await timed("long.sql", text))) expect(time, name).toBeLessThan(500);
});

test("a project of 400 files is checked while one types", async () => {
  const many: Record<string, string> = {};
  for (let at = 0; at < 100; at += 1) {
    const columns = Array.from({ length: 20 }, (_, column) => `    \`c${column}\` ${column % 2 ? "String" : "UInt32"}`);
    many[`datasources/d${at}.datasource`] = `SCHEMA >\n${columns.join(",\n")}\n\nENGINE MergeTree\nENGINE_SORTING_KEY c0\n`;
  }
  for (let at = 0; at < 300; at += 1) {
    const first = `NODE a\nSQL >\n    %\n    SELECT c0, c1 FROM d${at % 100} WHERE c2 = {{ Int32(n, 1) }} {% if defined(m) %} AND c4 = {{ Int32(m) }} {% end %}\n`;
    many[`pipes/p${at}.pipe`] = `${first}\nNODE b\nSQL >\n    SELECT c0, count() AS c FROM a GROUP BY c0\nTYPE endpoint\n`;
  }
  const times = await page.evaluate(async (many) => {
    const { language } = window as unknown as LanguageWindow;
    language.setFiles(many);
    const text = many["pipes/p0.pipe"] ?? "";
    const took = async (call: () => Promise<unknown>): Promise<number> => {
      const start = performance.now();
      await call();
      return performance.now() - start;
    };
    const all = await took(() => language.projectDiagnostics());
    const typed: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      typed.push(await took(() => language.diagnostics({ path: "pipes/p0.pipe", text: `${text}# ${turn}\n` })));
    }
    return { all, typed: Math.min(...typed), lineage: await took(() => language.lineage()) };
  }, many);
  console.log(Object.entries(times).map(([name, time]) => `${name} ${time.toFixed(1)} ms`).join(", "));
  expect(times.typed).toBeLessThan(1000);
});

test("the worker keeps answering after texts that are no texts", async () => {
  const count = await page.evaluate(async () => {
    const { language } = window as unknown as LanguageWindow;
    const texts = ["", "\u0000", "\uD800 SELECT", "SELECT ".repeat(2000), "(".repeat(5000), "{{".repeat(3000), "NODE\n".repeat(500), "𝄞é\n% {{"];
    let answers = 0;
    for (const text of texts) {
      for (const path of ["q.sql", "a.pipe", "a.datasource", "a.connection", "a.incl", "tests/a.yaml"]) {
        await language.diagnostics({ path, text });
        await language.tokens({ path, text });
        await language.format({ path, text });
        await language.complete({ path, text }, text.length);
        await language.hover({ path, text }, Math.floor(text.length / 2));
        answers += 5;
      }
    }
    return answers;
  });
  expect(count).toBe(240);
});
