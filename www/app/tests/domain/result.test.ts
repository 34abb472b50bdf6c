import { describe, expect, it } from "vitest";

import { cellKind, cellText } from "../../src/domain/result/cell";
import { csv, delimited, tsv } from "../../src/domain/result/delimited";
import { downloadFormats, downloadQuery, fileName } from "../../src/domain/result/download";
import { columnWidths, visibleRange } from "../../src/domain/result/grid-layout";
import { readResult } from "../../src/domain/result/result";

const columns = [
  { name: "a", type: "String" },
  { name: "b,c", type: "Nullable(Int64)" },
];

describe("a result", () => {
  it("has columns, rows and figures", () => {
    const text =
      '{"meta":[{"name":"a","type":"UInt8"}],"data":[[1],[2]],"rows":2,"rows_before_limit_at_least":9,"statistics":{"elapsed":0.5,"rows_read":3,"bytes_read":4}}';
    expect(readResult(text)).toEqual({
      columns: [{ name: "a", type: "UInt8" }],
      rows: [[1], [2]],
      rowsBeforeLimit: 9,
      rowsRead: 3,
      bytesRead: 4,
      engineTime: 500,
      cut: false,
    });
  });

  it("keeps the rows of an answer that was cut", () => {
    const text = '{"meta":[{"name":"a","type":"UInt8"}],"data":[[1],\n[2],\n[3';
    expect(readResult(text, true).rows).toEqual([[1], [2]]);
  });

  it("refuses what is no result", () => {
    expect(() => readResult("<html>")).toThrow(SyntaxError);
  });
});

describe("a cell", () => {
  it.each([
    [null, "NULL"],
    ["<b>text</b>", "<b>text</b>"],
    [true, "true"],
    [[1, ["it's", null]], "[1,['it\\'s',NULL]]"],
    [{ k: [1] }, "{'k':[1]}"],
  ])("of %j is %s", (value, text) => {
    expect(cellText(value)).toBe(text);
  });

  it.each([
    ["Nullable(Decimal(18, 4))", "number"],
    ["LowCardinality(Nullable(String))", "text"],
    ["SimpleAggregateFunction(sum, UInt64)", "number"],
    ["Array(UInt8)", "nested"],
    ["DateTime64(3)", "time"],
    ["Bool", "boolean"],
  ])("of type %s is set as %s", (type, kind) => {
    expect(cellKind(type)).toBe(kind);
  });
});

describe("delimited text", () => {
  const rows = [
    ["x", 1],
    ['say "hi", twice', null],
    ["", 2],
    ["two\nlines", 3],
  ];

  it("is CSV as RFC 4180 says", () => {
    expect(delimited({ columns, rows }, csv)).toBe(
      'a,"b,c"\r\nx,1\r\n"say ""hi"", twice",\r\n"",2\r\n"two\nlines",3\r\n',
    );
  });

  it("quotes by its own delimiter", () => {
    expect(delimited({ columns, rows: [["a\tb", 1]] }, tsv)).toBe('a\tb,c\n"a\tb"\t1\n');
    expect(delimited({ columns, rows: [["a;b", null]] }, { delimiter: ";", newline: "\n", missing: "\\N" })).toBe(
      'a;b,c\n"a;b";\\N\n',
    );
  });
});

describe("a download", () => {
  it("puts its format behind the statement", () => {
    const queries = downloadFormats.map((format) => downloadQuery("SELECT 1 -- one;\n", format));
    expect(queries[0]).toBe("SELECT 1 -- one\nFORMAT CSVWithNames");
    expect(queries[1]).toContain("format_csv_delimiter = ';'");
  });

  it("has a name that every system takes", () => {
    const parquet = downloadFormats.at(-1);
    expect(parquet && fileName("a/b c", parquet)).toBe("a_b_c.parquet");
  });
});

describe("the grid", () => {
  it("renders the rows in sight and a few around", () => {
    const rows = visibleRange(2800, 280, 28, 10_000);
    expect([rows[0], rows.at(-1)]).toEqual([92, 117]);
    expect(visibleRange(0, 280, 28, 3)).toEqual([0, 1, 2]);
    expect(visibleRange(0, 280, 28, 0)).toEqual([]);
  });

  it("gives columns the room of their text, within limits", () => {
    const [narrow, wide] = columnWidths({ columns, rows: [["x", "y".repeat(500)]] });
    expect(narrow).toBe(72);
    expect(wide).toBe(360);
  });
});
