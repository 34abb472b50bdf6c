import type { LanguageClient } from "kinglet";
import { describe, expect, it } from "vitest";

import { Consent } from "../../src/domain/consent.svelte";
import { applyEdits, changedLines, draftsOf } from "../../src/domain/language/edits";
import { Language } from "../../src/domain/language/language.svelte";
import { nodeAt } from "../../src/domain/pipe/pipe-file";
import { Desk } from "../../src/domain/project/desk.svelte";

describe("edits of a text", () => {
  const text = "NODE a\nSQL >\n    SELECT a.x, a.y FROM a\n";
  const edits = [
    { from: 24, to: 25, insert: "bee" },
    { from: 29, to: 30, insert: "bee" },
  ];

  it("are done from the front, each at its place in the old text", () => {
    expect(applyEdits("one two", [{ from: 0, to: 3, insert: "1" }, { from: 7, to: 7, insert: "!" }])).toBe("1 two!");
  });

  it("are shown by line, several of one line together", () => {
    const [line, ...others] = changedLines(text, edits);
    expect(others).toEqual([]);
    expect(line?.line).toBe(3);
    expect(line?.pieces.map(({ text: piece, kind }) => `${kind}:${piece}`)).toEqual([
      "same:    SELECT ",
      "gone:a",
      "new:bee",
      "same:.x, ",
      "gone:a",
      "new:bee",
      "same:.y FROM a",
    ]);
  });

  it("are shown for each line that they are on", () => {
    const lines = changedLines("a\nb\na", [
      { from: 0, to: 1, insert: "c" },
      { from: 4, to: 5, insert: "c" },
    ]);
    expect(lines.map(({ line, pieces }) => [line, pieces.map((piece) => piece.text).join("")])).toEqual([
      [1, "ac"],
      [3, "ac"],
    ]);
  });

  it("become drafts under the new path, and the old one is left", () => {
    const rename = { ok: true as const, edits: { "p.pipe": [{ from: 5, to: 6, insert: "b" }] }, moves: { "a.pipe": "b.pipe" } };
    expect(draftsOf(rename, { "p.pipe": "FROM a", "a.pipe": "x", "c.pipe": "y" })).toEqual({
      "p.pipe": "FROM b",
      "a.pipe": null,
      "b.pipe": "x",
    });
  });
});

describe("the node at a place of a file", () => {
  const text = "DESCRIPTION x\n\nNODE a\nSQL >\n    SELECT 1\n\nNODE b\nSQL >\n    SELECT 2\n";

  it("is the one whose part holds it, its name included", () => {
    expect(["DESC", "a\nSQL", "SELECT 1", "b\nSQL", "SELECT 2"].map((piece) => nodeAt(text, text.indexOf(piece)))).toEqual([
      -1, 0, 0, 1, 1,
    ]);
    expect(nodeAt(text, text.indexOf("NODE b"))).toBe(1);
  });
});

/** A client that remembers what it was told, and finds an error in every file with `bad` in it. */
function fakeClient(): { client: LanguageClient; files: Record<string, string> } {
  const files: Record<string, string> = {};
  const client = {
    ready: async () => {},
    setFiles(all: Record<string, string>) {
      for (const path of Object.keys(files)) delete files[path];
      Object.assign(files, all);
    },
    updateFiles(changes: Record<string, string | null>) {
      for (const [path, text] of Object.entries(changes)) {
        if (text === null) delete files[path];
        else files[path] = text;
      }
    },
    projectDiagnostics: async () =>
      Object.fromEntries(
        Object.entries(files).flatMap(([path, text]) =>
          text.includes("bad") ? [[path, [{ from: 0, to: 1, severity: "error", code: "x", message: "bad" }]]] : [],
        ),
      ),
  };
  return { client: client as unknown as LanguageClient, files };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe("the language module", () => {
  it("is told of the workspace's files with their drafts, and of a guest in their place", async () => {
    const { client, files } = fakeClient();
    const language = new Language(async () => client);
    language.setFiles({ "a.pipe": "1", "b.pipe": "2" });
    language.setDraft("a.pipe", "draft");
    language.start();
    await settled();
    language.setFiles({ "a.pipe": "1", "b.pipe": "2" });
    await settled();
    expect(files).toEqual({ "a.pipe": "draft", "b.pipe": "2" });
    language.setGuest({ "g.pipe": "3" });
    language.setDraft("b.pipe", null);
    await settled();
    expect(files).toEqual({ "g.pipe": "3" });
    language.setGuest(undefined);
    language.setDraft("a.pipe", undefined);
    await settled();
    expect(files).toEqual({ "a.pipe": "1" });
  });

  it("answers nothing when it cannot be loaded", async () => {
    const language = new Language(() => Promise.reject(new Error("no module")));
    expect(await language.ask((client) => client.lineage())).toBeUndefined();
    language.start();
    expect(await language.findings()).toEqual({});
    expect([language.state, language.problem]).toEqual(["failed", "no module"]);
  });
});

describe("a desk of datafiles", () => {
  it("counts what differs, what is wrong, and moves files with a rename", async () => {
    const { client } = fakeClient();
    const language = new Language(async () => client);
    language.start();
    const desk = new Desk(language);
    desk.files = { "a.pipe": "a", "b.pipe": "b" };
    language.setFiles(desk.files);
    desk.edit("a.pipe", "bad");
    await desk.check();
    expect([desk.changed, desk.counts("a.pipe").errors, desk.total.errors]).toEqual([1, 1, 1]);
    desk.errors = [{ filename: "a.pipe", error: "bad too" }];
    expect(desk.counts("a.pipe").errors).toBe(1);
    desk.edit("a.pipe", "a");
    expect(desk.errors).toEqual([]);
    expect(desk.changed).toBe(0);
    desk.rename({ ok: true, edits: {}, moves: { "b.pipe": "c.pipe" } });
    expect([desk.paths, desk.text("c.pipe"), desk.changed]).toEqual([["a.pipe", "c.pipe"], "b", 1]);
    await settled();
  });
});

describe("consent", () => {
  it("asks one question at a time", async () => {
    const consent = new Consent();
    const [first, second] = [consent.ask("a.test"), consent.ask("b.test")];
    await settled();
    expect(consent.question?.host).toBe("a.test");
    consent.question?.answer(true);
    expect(await first).toBe(true);
    await settled();
    expect(consent.question?.host).toBe("b.test");
    consent.question?.answer(false);
    expect(await second).toBe(false);
  });
});
