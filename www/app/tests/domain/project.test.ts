import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";

import { sortDropped } from "../../src/domain/project/collect";
import { isDatafile, projectPath, withFiles, withoutResource } from "../../src/domain/project/files";
import { depthsOf, layoutFlow, pathThrough } from "../../src/domain/project/flow-layout";
import { fixtureOf, loadOrder, type Fixture } from "../../src/domain/project/fixtures";
import { neighbour } from "../../src/domain/project/flow-keys";
import { around, flowOf, lineage } from "../../src/domain/project/lineage";
import { realRenames, withoutViewsOn } from "../../src/domain/project/moved-rows";
import { withMoves } from "../../src/domain/project/project-page.svelte";
import { unzipProject, zipProject } from "../../src/domain/project/zip";

const files = { "datasources/a.datasource": "SCHEMA >\n    x Int8\n", "pipes/p.pipe": "NODE n\n" };

describe("a zip of a project", () => {
  it("brings back the same files", () => {
    expect(unzipProject(zipProject(files))).toEqual({ files, fixtures: [] });
  });

  it("may have a folder around it, and other things in it", () => {
    const zip = zipSync({
      "project-main/datasources/a.datasource": strToU8("A"),
      "project-main/pipes/p.pipe": strToU8("P"),
      "project-main/README.md": strToU8("no"),
      "project-main/vendor/x/y.datasource": strToU8("no"),
      "__MACOSX/project-main/pipes/._p.pipe": strToU8("no"),
    });
    expect(unzipProject(zip).files).toEqual({ "datasources/a.datasource": "A", "pipes/p.pipe": "P" });
  });

  it("brings back the rows that it holds, once they are asked for", async () => {
    const rows = new TextEncoder().encode("x\n1\n");
    const { fixtures } = unzipProject(zipProject(files, { "fixtures/a.csv": rows, "fixtures/other.csv": rows }));
    expect(fixtures.map(({ datasource, format, bytes }) => [datasource, format, bytes])).toEqual([["a", "csv", 4]]);
    expect(await (await fixtures[0]?.file())?.text()).toBe("x\n1\n");
  });

  it("is refused when a datafile is too large, or when it is none", () => {
    expect(() => unzipProject(zipSync({ "a.pipe": new Uint8Array(2_000_001) }))).toThrow("too large");
    const many = Object.fromEntries(
      Array.from({ length: 26 }, (_, at) => [`${at}.pipe`, new Uint8Array(2_000_000)] as const),
    );
    expect(() => unzipProject(zipSync(many))).toThrow("50 MB");
    expect(() => unzipProject(strToU8("not a zip"))).toThrow("not a zip");
  });
});

describe("the files of a project", () => {
  it("are known by their ends", () => {
    expect(["a.pipe", "x/a.datasource", "a.csv", ".git/a.pipe", "node_modules/a/b.pipe"].map(isDatafile)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it("replace the same resource wherever it lay", () => {
    expect(withFiles({ "endpoints/p.pipe": "old", "a.datasource": "a" }, { "pipes/p.pipe": "new" })).toEqual({
      "a.datasource": "a",
      "pipes/p.pipe": "new",
    });
    expect(Object.keys(withoutResource(files, "pipe", "p"))).toEqual(["datasources/a.datasource"]);
  });

  it("keep their folders when they share none", () => {
    expect(projectPath(files)).toEqual(files);
    expect(projectPath({ "pipes/a.pipe": "" })).toEqual({ "pipes/a.pipe": "" });
  });
});

describe("the data flow", () => {
  const project = {
    "datasources/raw.datasource": "SCHEMA >",
    "datasources/daily.datasource": "SCHEMA >",
    "pipes/fill.pipe":
      "NODE n\nSQL >\n    SELECT toDate(raw.at) FROM raw -- not unused\nTYPE materialized\nDATASOURCE daily\n",
    "pipes/top.pipe":
      "NODE raw_top\nSQL >\n    SELECT 'raw' FROM daily JOIN fill_not USING x\nNODE n\nSQL >\n    SELECT * FROM raw_top\nTYPE endpoint\n",
    "datasources/unused.datasource": "SCHEMA >",
  };

  it("leads from sources over pipes to their targets", () => {
    expect(lineage(project).edges).toEqual([
      ["raw", "fill"],
      ["fill", "daily"],
      ["daily", "top"],
    ]);
    expect(Object.fromEntries(depthsOf(lineage(project)))).toEqual({ raw: 0, fill: 1, daily: 2, top: 3, unused: 0 });
  });

  it("is taken from the language module in the same shape", () => {
    const flow = flowOf({
      nodes: [
        { id: "1", kind: "datasource", name: "raw", path: "raw.datasource" },
        { id: "2", kind: "endpoint", name: "top", path: "top.pipe" },
      ],
      edges: [
        { from: "1", to: "2", kind: "reads" },
        { from: "1", to: "2", kind: "reads" },
      ],
    });
    expect(flow.edges).toEqual([["raw", "top"]]);
    expect(flow.nodes[1]).toEqual({ kind: "endpoint", name: "top", path: "top.pipe" });
  });

  it("is shown as far as it touches some files", () => {
    const nodes = ["a", "b", "c", "d"].map((name) => ({ name, kind: "pipe" as const, path: `${name}.pipe` }));
    const edges: [string, string][] = [
      ["a", "b"],
      ["b", "c"],
      ["c", "d"],
    ];
    const part = around({ nodes, edges }, { "b.pipe": "" });
    expect(part.nodes.map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(part.edges).toHaveLength(2);
  });

  it("keeps long lines off the boxes that they pass", () => {
    const nodes = ["a", "b", "c"].map((name) => ({ name, kind: "pipe" as const }));
    const { boxes, lines } = layoutFlow({
      nodes,
      edges: [
        ["a", "b"],
        ["b", "c"],
        ["a", "c"],
      ],
    });
    const long = lines.find((line) => line.from === "a" && line.to === "c");
    expect(long?.points).toHaveLength(4);
    const passed = boxes.find(({ node }) => node.name === "b")?.place.y ?? NaN;
    for (const point of long?.points.slice(1, 3) ?? []) expect(point.y < passed || point.y > passed + 48).toBe(true);
    expect(pathThrough(long?.points ?? [])).toMatch(/^M[\d. ]+C/);
  });

  it("ends for resources that feed each other", () => {
    const cycle = {
      nodes: ["a", "b"].map((name) => ({ name, kind: "pipe" as const })),
      edges: [
        ["a", "b"],
        ["b", "a"],
      ] as [string, string][],
    };
    expect(layoutFlow(cycle).boxes).toHaveLength(2);
  });
});

describe("what is dropped", () => {
  const dropped = (path: string, text = "x") => ({ path, file: new File([text], path.split("/").at(-1) ?? "") });

  it("is sorted into data, datafiles and others", async () => {
    const sorted = await sortDropped([dropped("a.csv"), dropped("b.json.gz"), dropped("c.docx")]);
    expect(sorted.data.map((file) => file.name)).toEqual(["a.csv", "b.json.gz"]);
    expect(sorted.skipped).toEqual(["c.docx"]);
  });

  it("takes a project's fixtures for its own data sources", async () => {
    const sorted = await sortDropped([
      dropped("my/datasources/a.datasource", "SCHEMA >"),
      dropped("my/fixtures/a.csv"),
      dropped("my/fixtures/nothing.csv"),
      dropped("my/README.md"),
    ]);
    expect(sorted.name).toBe("my");
    expect(sorted.project).toEqual({ "datasources/a.datasource": "SCHEMA >" });
    expect(sorted.fixtures.map(({ path }) => path)).toEqual(["my/fixtures/a.csv"]);
    expect([sorted.data, sorted.skipped]).toEqual([[], []]);
  });
});

describe("fixtures", () => {
  it("are known by folder, name and ending", () => {
    expect(fixtureOf("p/fixtures/events.ndjson.gz")).toEqual({ datasource: "events", format: "ndjson" });
    expect(fixtureOf("fixtures/a.parquet")).toEqual({ datasource: "a", format: "parquet" });
    expect(["fixtures/a.sql", "data/a.csv", "fixtures/x/a.csv"].map(fixtureOf)).toEqual([undefined, undefined, undefined]);
  });

  it("are loaded along the flow, and replace what a view has filled", () => {
    const project = {
      "datasources/daily.datasource": "SCHEMA >",
      "datasources/raw.datasource": "SCHEMA >",
      "pipes/fill.pipe": "NODE n\nSQL >\n    SELECT 1 FROM raw\nTYPE materialized\nDATASOURCE daily\n",
    };
    const fixture = (datasource: string): Fixture => ({
      path: datasource,
      datasource,
      format: "csv",
      bytes: 1,
      file: async () => new File([], datasource),
    });
    const order = loadOrder([fixture("daily"), fixture("raw")], project);
    expect(order.map(({ fixture: { datasource }, mode }) => [datasource, mode])).toEqual([
      ["raw", "append"],
      ["daily", "replace"],
    ]);
  });
});

describe("the arrow keys in a data flow", () => {
  const nodes = ["a", "b", "c"].map((name) => ({ name, kind: "pipe" as const }));
  const edges: [string, string][] = [
    ["a", "b"],
    ["a", "c"],
  ];
  const layout = layoutFlow({ nodes, edges });

  it("lead to the nearest box in their direction", () => {
    expect(neighbour(layout, "a", "ArrowRight")).toBe("b");
    expect(neighbour(layout, "b", "ArrowDown")).toBe("c");
    expect(neighbour(layout, "c", "ArrowUp")).toBe("b");
    expect(neighbour(layout, "c", "ArrowLeft")).toBe("a");
    expect([neighbour(layout, "a", "ArrowLeft"), neighbour(layout, "a", "Enter")]).toEqual([undefined, undefined]);
  });
});

describe("data sources that were renamed", () => {
  const files = {
    "datasources/b.datasource": "SCHEMA >",
    "datasources/daily.datasource": "SCHEMA >",
    "pipes/fill.pipe": "NODE n\nSQL >\n    SELECT 1 FROM b\nTYPE materialized\nDATASOURCE daily\n",
    "pipes/top.pipe": "NODE n\nSQL >\n    SELECT 1 FROM b\nTYPE endpoint\n",
  };

  it("come from their first name, and back to it from nowhere", () => {
    const once = withMoves({}, { "datasources/a.datasource": "datasources/b.datasource", "p.pipe": "q.pipe" });
    expect(once).toEqual({ b: "a" });
    const twice = withMoves(once, { "datasources/b.datasource": "datasources/c.datasource" });
    expect(twice).toEqual({ c: "a" });
    expect(withMoves(twice, { "datasources/c.datasource": "datasources/a.datasource" })).toEqual({});
  });

  it("move only where the files still say so, past the views that they fill", () => {
    expect(realRenames({ b: "a", c: "d" }, files)).toEqual([["b", "a"]]);
    expect(realRenames({ b: "daily" }, files)).toEqual([]);
    expect(Object.keys(withoutViewsOn(["b"], files))).not.toContain("pipes/fill.pipe");
    expect(Object.keys(withoutViewsOn(["b"], files))).toHaveLength(3);
  });
});
