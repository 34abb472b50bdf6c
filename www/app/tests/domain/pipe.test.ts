import { describe, expect, it } from "vitest";

import { composeNode, locate } from "../../src/domain/pipe/compose";
import { readPipe, type PipeNodeText } from "../../src/domain/pipe/pipe-file";
import { packed, sinkFile } from "../../src/domain/pipe/sink";
import { templateParameters } from "../../src/domain/pipe/template-parameters";
import { directiveValue, withDirective, writePipe } from "../../src/domain/pipe/write-pipe";
import { samplePipe } from "../../src/domain/sample";

const file = `DESCRIPTION >
    Daily counts

TOKEN "reader" READ

NODE daily
DESCRIPTION >
    One row a day
SQL >
    %
    SELECT toDate(at) AS day
      FROM visits -- indented

    WHERE day > {{Date(since)}}

NODE stored
SQL >
    SELECT * FROM daily
TYPE materialized
DATASOURCE visits_daily
`;

function node(name: string, sql: string): PipeNodeText {
  return { name, sql, kind: "standard", description: "", directives: [] };
}

describe("a pipe file", () => {
  it("is written as it was read", () => {
    expect(writePipe(readPipe(file))).toBe(file);
    expect(writePipe(readPipe(samplePipe.text))).toBe(samplePipe.text);
  });

  it("gives nodes without the file's indentation", () => {
    const pipe = readPipe(file);
    expect(pipe.description).toBe("Daily counts");
    expect(pipe.directives).toEqual(['TOKEN "reader" READ']);
    expect(pipe.nodes[0]?.sql).toBe(
      "%\nSELECT toDate(at) AS day\n  FROM visits -- indented\n\nWHERE day > {{Date(since)}}",
    );
    expect(pipe.nodes[1]).toMatchObject({
      name: "stored",
      kind: "materialized",
      directives: ["DATASOURCE visits_daily"],
    });
  });

  it("reads other people's layouts", () => {
    const pipe = readPipe(
      "node a\r\nsql >\r\n\tSELECT 1\r\ntype Endpoint\r\n# a comment\r\nNODE b\r\nSQL >\r\nSELECT 2\r\n",
    );
    expect(pipe.nodes.map(({ name, sql, kind }) => [name, sql, kind])).toEqual([
      ["a", "SELECT 1", "endpoint"],
      ["b", "SELECT 2", "standard"],
    ]);
  });

  it("never lets a line of SQL become a directive", () => {
    const pipe = { description: "", directives: [], nodes: [node("a", "SELECT\nTYPE\nFROM t\nNODE")] };
    expect(readPipe(writePipe(pipe)).nodes).toEqual(pipe.nodes);
  });
});

describe("directives of a node", () => {
  it("are set, changed and removed", () => {
    const set = withDirective(["COPY_MODE append"], "TARGET_DATASOURCE", "daily");
    expect(directiveValue(set, "TARGET_DATASOURCE")).toBe("daily");
    expect(withDirective(set, "TARGET_DATASOURCE", "other")).toEqual(["COPY_MODE append", "TARGET_DATASOURCE other"]);
    expect(withDirective(set, "TARGET_DATASOURCE", " ")).toEqual(["COPY_MODE append"]);
  });
});

describe("running a node that is not published", () => {
  const nodes = [
    node("a", "SELECT 1 AS x;"),
    node("unused", "SELECT 2"),
    node("b", "SELECT x FROM a"),
    node("c", "%\nSELECT {{Int8(n)}}, x FROM b"),
  ];

  it("sends a node that reads no other as it is", () => {
    expect(composeNode(nodes, 0).sql).toBe("SELECT 1 AS x");
  });

  it("names the nodes that it reads, and no others", () => {
    expect(composeNode(nodes, 2).sql).toBe("WITH\na AS (\nSELECT 1 AS x\n)\nSELECT * FROM (\nSELECT x FROM a\n)");
    expect(composeNode(nodes, 3).sql).not.toContain("unused");
  });

  it("is a template when any of its nodes is", () => {
    const composed = composeNode(nodes, 3);
    expect(composed.template).toBe(true);
    expect(composed.sql.startsWith("%\nWITH\na AS (")).toBe(true);
    expect(composed.sql.match(/%/g)).toHaveLength(1);
  });

  it("finds the node and the place of an error", () => {
    const composed = composeNode(nodes, 3);
    const inTarget = locate(composed, nodes, { offset: composed.sql.indexOf("x FROM b"), length: 1 });
    expect(inTarget).toEqual({ node: 3, place: { offset: nodes[3]?.sql.indexOf("x FROM b"), length: 1 } });
    const inFirst = locate(composed, nodes, { offset: composed.sql.indexOf("AS x"), length: 2 });
    expect(inFirst).toEqual({ node: 0, place: { offset: 9, length: 2 } });
    expect(locate(composed, nodes, { offset: 0, length: 1 })).toBeUndefined();
  });

  it("takes a name as a table only where it is a whole word and no function", () => {
    expect(
      composeNode([node("sum", "SELECT 1"), node("t", "SELECT sum(x), s.sum, sums FROM s")], 1).segments,
    ).toHaveLength(1);
  });
});

describe("parameters of a template", () => {
  it("are listed once, with type, default and description", () => {
    expect(templateParameters([readPipe(samplePipe.text).nodes[0]?.sql ?? ""])).toEqual([
      { name: "since", type: "DateTime", default: "2026-01-05 00:00:00", description: "First moment to count" },
      { name: "feeder", type: "String", description: "North, south or pond" },
    ]);
  });

  it("know arrays and named defaults", () => {
    const sql =
      "%\nSELECT {{Array(ids, 'Int32', '1,2')}}, {{Float64(ratio, default=0.5)}} {% if Boolean(all, 1) %} {% end %}";
    expect(templateParameters([sql])).toEqual([
      { name: "ids", type: "Array(Int32)", default: "1,2" },
      { name: "ratio", type: "Float64", default: "0.5" },
      { name: "all", type: "Boolean", default: "1" },
    ]);
  });

  it("are none in plain SQL", () => {
    expect(templateParameters(["SELECT '{{Int8(n)}}'"])).toEqual([]);
  });
});

describe("the file of a sink", () => {
  const file = (...directives: string[]) => sinkFile({ name: "out", directives });

  it("is named by its template without what would split it", () => {
    expect(file("EXPORT_FILE_TEMPLATE sales_{timestamp}", "EXPORT_FORMAT ndjson").name).toBe("sales.ndjson");
    expect(file("EXPORT_FILE_TEMPLATE {shop}/dt={day, '%Y-%m'}/part_{2}").name).toBe("part.csv");
    expect(file("EXPORT_FILE_TEMPLATE {day}").name).toBe("out.csv");
    expect(file("EXPORT_FILE_TEMPLATE a/b", "EXPORT_COMPRESSION gz")).toEqual({
      name: "a-b.csv.gz",
      clause: "FORMAT CSVWithNames",
      gzip: true,
    });
  });

  it("is packed when the sink says so", async () => {
    const blob = await packed(new Blob(["a\n"]), true);
    const text = await new Response(blob.stream().pipeThrough(new DecompressionStream("gzip"))).text();
    expect(text).toBe("a\n");
  });
});
