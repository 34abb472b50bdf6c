/** Files given to the page, and long work beside other work. */
import { expect, test } from "vitest";
import { controlled, type TestWindow } from "../harness/page.ts";
import { scene } from "../harness/scene.ts";
import { adminHeaders, createFromCsv, value } from "../harness/workspace.ts";

const site = await scene();

test("a file is read slice by slice and tells how far it is", async () => {
  const page = await site.open();
  const { Authorization } = await adminHeaders(page);
  const { status, text, seen, size } = await page.evaluate(async (authorization) => {
    const { kinglet } = window as unknown as TestWindow;
    const lines = ["id,name"];
    for (let id = 0; id < 400_000; id += 1) lines.push(`${id},a name that takes some room ${id}`);
    const file = new File([`${lines.join("\n")}\n`], "rows.csv");
    const seen: number[] = [];
    const token = (authorization ?? "").replace("Bearer ", "");
    const response = await kinglet.ingestFile(file, {
      datasource: "from_file",
      mode: "create",
      token,
      onProgress: (bytes) => seen.push(bytes),
    });
    return { status: response.status, text: await response.text(), seen, size: file.size };
  }, Authorization);
  expect(status, text).toBeLessThan(300);
  expect(seen.length).toBeGreaterThan(2);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(size);
  expect(await value(page, "SELECT count() FROM from_file")).toBe("400000");
  await page.close();
});

test("an import that is cancelled leaves the engine well", async () => {
  const page = await site.open();
  const created = await createFromCsv(page, "part_of_it", "id,name\n1,one\n");
  expect(created.status, created.text).toBeLessThan(300);
  const { Authorization } = await adminHeaders(page);
  const code = await page.evaluate(async (authorization) => {
    const { kinglet } = window as unknown as TestWindow;
    const lines = ["id,name"];
    for (let id = 0; id < 800_000; id += 1) lines.push(`${id},a name that takes some room ${id}`);
    const controller = new AbortController();
    const token = (authorization ?? "").replace("Bearer ", "");
    const file = new File([`${lines.join("\n")}\n`], "rows.csv");
    const onProgress = () => controller.abort();
    const options = { datasource: "part_of_it", token, signal: controller.signal, onProgress };
    return kinglet.ingestFile(file, options).then(() => "finished", (error) => error.code);
  }, Authorization);
  expect(code).toBe("aborted");
  const rows = Number(await value(page, "SELECT count() FROM part_of_it"));
  expect(rows).toBeGreaterThanOrEqual(1);
  expect(rows).toBeLessThan(800_001);
  expect(await page.evaluate(() => (window as unknown as TestWindow).states.map(({ state }) => state))).not.toContain("crashed");
  await page.close();
});

test("a long query lets others through and obeys its cancel", async () => {
  const page = await site.open();
  await controlled(page);
  const headers = await adminHeaders(page);
  const { waited, outcome, states } = await page.evaluate(async (headers) => {
    const { states } = window as unknown as TestWindow;
    const controller = new AbortController();
    const slow = new URLSearchParams({ q: "SELECT sum(number % 7) FROM numbers(20000000000) FORMAT TSV" });
    const answer = fetch(`v0/sql?${slow}`, { headers, signal: controller.signal }).then(
      () => "answered",
      (error) => error.name,
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    const start = performance.now();
    await (await fetch("tokens")).text();
    const waited = performance.now() - start;
    controller.abort();
    const outcome = await answer;
    await new Promise((resolve) => setTimeout(resolve, 2500));
    return { waited, outcome, states: states.map(({ state }) => state) };
  }, headers);
  expect(outcome).toBe("AbortError");
  expect(waited).toBeLessThan(500);
  expect(states).not.toContain("crashed");
  await page.close();
});

test("a large answer streams, and stops when nobody reads on", async () => {
  const page = await site.open();
  await controlled(page);
  const headers = await adminHeaders(page);
  const read = await page.evaluate(async (headers) => {
    const query = new URLSearchParams({ q: "SELECT number FROM numbers(3000000) FORMAT CSV" });
    const whole = await (await fetch(`v0/sql?${query}`, { headers })).text();
    const part = await fetch(`v0/sql?${query}`, { headers });
    const reader = part.body?.getReader();
    const first = await reader?.read();
    await reader?.cancel();
    return { lines: whole.split("\n").length - 1, first: first?.value?.length ?? 0, length: whole.length };
  }, headers);
  expect(read.lines).toBe(3_000_000);
  expect(read.first).toBeGreaterThan(0);
  expect(read.first).toBeLessThan(read.length);
  expect(await value(page, "SELECT 1")).toBe("1");
  await page.close();
});

test("all tabs are told of changes, and not of what only reads", async () => {
  const first = await site.open();
  const second = await site.open();
  await createFromCsv(first, "told", "id\n1\n");
  await value(first, "SELECT count() FROM told");
  const seen = { kind: "datasources", name: "told" };
  for (const page of [first, second]) {
    await page.waitForFunction(() => (window as unknown as TestWindow).changes.some(({ kind }) => kind !== "connected"));
    const changes = await page.evaluate(() => (window as unknown as TestWindow).changes);
    expect(changes.filter(({ kind }) => kind !== "connected")).toEqual([seen]);
  }
  await Promise.all([first.close(), second.close()]);
});
