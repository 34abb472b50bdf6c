import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";

import { sortDropped } from "../../src/domain/project/collect";
import { isDatafile, projectPath, withFiles, withoutResource } from "../../src/domain/project/files";
import { depthsOf, layoutFlow, pathThrough } from "../../src/domain/project/flow-layout";
import { lineage } from "../../src/domain/project/lineage";
import { unzipProject, zipProject } from "../../src/domain/project/zip";

const files = { "datasources/a.datasource": "SCHEMA >\n    x Int8\n", "pipes/p.pipe": "NODE n\n" };

describe("a zip of a project", () => {
  it("brings back the same files", () => {
    expect(unzipProject(zipProject(files))).toEqual(files);
  });

  it("may have a folder around it, and other things in it", () => {
    const zip = zipSync({
      "project-main/datasources/a.datasource": strToU8("A"),
      "project-main/pipes/p.pipe": strToU8("P"),
      "project-main/README.md": strToU8("no"),
      "project-main/vendor/x/y.datasource": strToU8("no"),
      "__MACOSX/project-main/pipes/._p.pipe": strToU8("no"),
    });
    expect(unzipProject(zip)).toEqual({ "datasources/a.datasource": "A", "pipes/p.pipe": "P" });
  });

  it("is refused when a datafile is too large, or when it is none", () => {
    expect(() => unzipProject(zipSync({ "a.pipe": new Uint8Array(2_000_001) }))).toThrow("too large");
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

  it("leaves a project's fixtures alone", async () => {
    const sorted = await sortDropped([
      dropped("my/pipes/p.pipe", "NODE n"),
      dropped("my/fixtures/a.csv"),
      dropped("my/README.md"),
    ]);
    expect(sorted).toEqual({ project: { "pipes/p.pipe": "NODE n" }, data: [], skipped: [] });
  });
});
