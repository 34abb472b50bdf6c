import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";

import { Autosave } from "../../src/domain/autosave";
import { MemoryDrafts, SafeDrafts, SavedDrafts } from "../../src/domain/drafts";
import { bytes, count, counted, duration } from "../../src/domain/format";
import { formatRoute, parseRoute, type Route } from "../../src/domain/route";
import { WatchedDrafts } from "../../src/domain/watched-drafts.svelte";
import { KeyReader } from "../../src/domain/shortcuts";

describe("addresses", () => {
  const routes: Route[] = [
    { page: "start" },
    { page: "query" },
    { page: "tokens" },
    { page: "flow" },
    { page: "project" },
    { page: "project", file: "pipes/a b.pipe" },
    { page: "data", name: "visits", tab: "preview" },
    { page: "data", name: "ws.visits", tab: "schema" },
    { page: "pipe", name: "top" },
    { page: "endpoint", name: "top" },
    { page: "shared", code: "p1.abc-_" },
    { page: "missing", address: "/nowhere/at/all" },
  ];

  it.each(routes)("of $page come back", (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it("take what people type", () => {
    expect(parseRoute("")).toEqual({ page: "start" });
    expect(parseRoute("#/data/visits/nonsense")).toEqual({ page: "data", name: "visits", tab: "preview" });
    expect(parseRoute("#/pipes/%E0%A4%A")).toEqual({ page: "pipe", name: "%E0%A4%A" });
  });
});

describe("drafts", () => {
  it("outlive the page", async () => {
    await new SavedDrafts("one").set("pipe:a", "text");
    const later = new SavedDrafts("one");
    expect(await later.get("pipe:a")).toBe("text");
    expect(await later.keys()).toEqual(["pipe:a"]);
    await later.remove("pipe:a");
    expect(await later.get("pipe:a")).toBeUndefined();
  });

  it("work where the browser refuses a database", async () => {
    const drafts = new SafeDrafts(() => {
      throw new Error("refused");
    });
    await drafts.set("a", "1");
    expect(await drafts.get("a")).toBe("1");
  });

  it("are followed by name", async () => {
    const drafts = new WatchedDrafts(new MemoryDrafts());
    await drafts.set("pipe:a", "1");
    await drafts.set("pipe:b", "2");
    expect(drafts.names).toEqual(["pipe:a", "pipe:b"]);
    await drafts.remove("pipe:a");
    expect(drafts.names).toEqual(["pipe:b"]);
  });

  it("are written once after the last change", async () => {
    const drafts = new MemoryDrafts();
    const saver = new Autosave(drafts, "a", 5);
    saver.later("one");
    saver.later("two");
    expect(await drafts.get("a")).toBeUndefined();
    await saver.now();
    expect(await drafts.get("a")).toBe("two");
    saver.later("three");
    await saver.forget();
    await new Promise((resolve) => setTimeout(resolve, 15));
    expect(await drafts.get("a")).toBeUndefined();
  });
});

describe("keys", () => {
  const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false, altKey: false });

  it("are commands outside of fields only", () => {
    const keys = new KeyReader();
    expect(keys.read(press("?"), false)).toBe("shortcuts");
    expect(keys.read(press("?"), true)).toBeUndefined();
    expect(keys.read(press("k", true), true)).toBe("find");
  });

  it("may come in pairs", () => {
    const keys = new KeyReader();
    expect(keys.read(press("g"), false)).toBeUndefined();
    expect(keys.read(press("q"), false)).toBe("query");
    expect(keys.read(press("q"), false)).toBeUndefined();
    keys.read(press("g"), false);
    expect(keys.read(press("n"), false)).toBeUndefined();
    expect(keys.read(press("n"), false)).toBe("new-pipe");
  });
});

describe("figures", () => {
  it("are short", () => {
    expect([bytes(0), bytes(999), bytes(1200), bytes(34_100_000), bytes(undefined)]).toEqual([
      "0 B",
      "999 B",
      "1.2 kB",
      "34 MB",
      "–",
    ]);
    expect([duration(0.42), duration(12), duration(1840), duration(125_000)]).toEqual([
      "0.4 ms",
      "12 ms",
      "1.8 s",
      "2 min 5 s",
    ]);
    expect([count(1234567), counted(1, "row"), counted(2, "row")]).toEqual(["1,234,567", "1 row", "2 rows"]);
  });
});
