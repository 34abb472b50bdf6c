import { describe, expect, it } from "vitest";

import { labelOf, lineAndColumn, problemOf } from "../../src/domain/query/editor-problem";
import { readBody } from "../../src/domain/query/read-body";
import { isBinaryFormat, readStatement, statementAt } from "../../src/domain/query/statement";
import { ApiFailure, failureFromText } from "../../src/engine/failure";
import { placeOf } from "../../src/engine/place";

describe("the format of a statement", () => {
  it.each([
    ["SELECT 1", undefined],
    ["SELECT 1 FORMAT CSV", "CSV"],
    ["SELECT 1\nformat Parquet ;\n", "Parquet"],
    ["SELECT 1 FORMAT CSVWithNames SETTINGS format_csv_delimiter = ';'", "CSVWithNames"],
    ["SELECT 'FORMAT CSV'", undefined],
    ["SELECT 1 -- FORMAT CSV", undefined],
    ["SELECT 1 /* FORMAT CSV */ FORMAT TSV -- end", "TSV"],
    ["SELECT * FROM (SELECT 1 AS format) ", undefined],
  ])("of %s is %s", (sql, format) => {
    expect(readStatement(sql).format).toBe(format);
  });

  it("is left out of what a download runs", () => {
    expect(readStatement("SELECT 1 FORMAT CSV SETTINGS format_csv_delimiter = ';'").bare).toBe("SELECT 1");
    expect(readStatement("SELECT 1;").bare).toBe("SELECT 1");
  });

  it("is text or not", () => {
    expect([isBinaryFormat("parquet"), isBinaryFormat("CSV")]).toEqual([true, false]);
  });
});

describe("the statement at the cursor", () => {
  const text = "SELECT 1;\n\nSELECT ';' -- ; no end\nFROM t;\n";

  it.each([
    [0, "SELECT 1", 0],
    [9, "SELECT ';' -- ; no end\nFROM t", 11],
    [30, "SELECT ';' -- ; no end\nFROM t", 11],
    [text.length, "SELECT ';' -- ; no end\nFROM t", 11],
  ])("at %i is %j", (cursor, statement, from) => {
    expect(statementAt(text, cursor)).toEqual({ from, text: statement });
  });

  it("is all of a text with one", () => {
    expect(statementAt("  SELECT 1", 4)).toEqual({ from: 2, text: "SELECT 1" });
    expect(statementAt("", 0)).toEqual({ from: 0, text: "" });
  });
});

describe("a failure", () => {
  it("gives code, name and message apart", () => {
    const failure = failureFromText(
      400,
      '{"error":"[Error] Unknown expression identifier `x` (UNKNOWN_IDENTIFIER)"}',
      47,
    );
    expect(failure).toMatchObject({
      message: "Unknown expression identifier `x`",
      code: 47,
      codeName: "UNKNOWN_IDENTIFIER",
      status: 400,
    });
    expect(labelOf(failure)).toBe("Code 47 · UNKNOWN_IDENTIFIER");
  });

  it("reads ClickHouse's own text", () => {
    const failure = failureFromText(
      500,
      "Code: 62. DB::Exception: Syntax error: failed at position 8 (end of query). (SYNTAX_ERROR) (version 26.9)",
    );
    expect([failure.code, failure.codeName]).toEqual([62, "SYNTAX_ERROR"]);
    expect(failure.message).toBe("Syntax error: failed at position 8 (end of query).");
  });

  it("leaves out what the app added to the query", () => {
    const text = "DB::Exception: Syntax error: failed at position 8 (x) (line 1, col 8): x\nFORMAT JSONCompact. Expected one of: FROM";
    const failure = failureFromText(400, JSON.stringify({ error: `[Error] ${text}` }), 62);
    expect(failure.message).toBe("Syntax error: failed at position 8 (x) (line 1, col 8): x. Expected one of: FROM");
    expect(failure.codeName).toBe("SYNTAX_ERROR");
  });

  it("keeps the errors of single files", () => {
    const failure = failureFromText(200, '{"result":"failed","errors":[{"filename":"a.pipe","error":"bad"}]}');
    expect(failure.files).toEqual([{ filename: "a.pipe", error: "bad" }]);
    expect(failure.message).toBe("bad");
  });

  it("shows answers that are no JSON, and empty ones", () => {
    expect(failureFromText(503, "try later").message).toBe("try later");
    expect(labelOf(new ApiFailure("x", 503))).toBe("Status 503");
    expect(failureFromText(502, "").message).toBe("The answer has status 502.");
  });
});

describe("the place of an error", () => {
  it("is counted in bytes from 1", () => {
    expect(placeOf("failed at position 13 ('FRM')", "SELECT 'é', FRM t")).toEqual({ offset: 11, length: 1 });
    expect(placeOf("failed at position 14 ('FRM')", "SELECT 'é', FRM t")).toEqual({ offset: 12, length: 3 });
  });

  it("may be a line and a column", () => {
    expect(placeOf("bad (line 2, col 3)", "SELECT\n  x")).toEqual({ offset: 9, length: 1 });
  });

  it("may be a name in quotes", () => {
    expect(placeOf("Unknown identifier `n.x` in scope", "SELECT xx, n.x")).toEqual({ offset: 11, length: 3 });
    expect(placeOf("Unknown identifier 'y'", "SELECT x")).toBeUndefined();
  });

  it("lies inside of the text, or nowhere", () => {
    expect(placeOf("failed at position 900", "SELECT")).toEqual({ offset: 5, length: 1 });
    expect(placeOf("failed at position 1", "")).toBeUndefined();
  });

  it("is what the engine tells, in the query or in a file", () => {
    const error = "[Error] Unknown expression identifier 'x' (UNKNOWN_IDENTIFIER)";
    const failure = (place: object) => failureFromText(400, JSON.stringify({ error, place }), 47);
    const here = problemOf(failure({ line: 2, column: 3 }), "SELECT 'x',\n  x");
    expect(here).toMatchObject({ place: { offset: 14, length: 1 }, label: "Code 47 · UNKNOWN_IDENTIFIER" });
    const there = problemOf(failure({ file: "pipes/a.pipe", line: 2, column: 3 }), "SELECT * FROM a");
    expect(there.label).toBe("Code 47 · UNKNOWN_IDENTIFIER · pipes/a.pipe, line 2, column 3");
    expect(there.place).toBeUndefined();
  });

  it("is said as line and column", () => {
    expect(lineAndColumn("a\nbc", 3)).toBe("line 2, column 2");
  });
});

describe("reading an answer", () => {
  it("stops at the limit", async () => {
    const body = await readBody(new Response("0123456789".repeat(10)), 20);
    expect(body.cut).toBe(true);
    const whole = await readBody(new Response("žluna"), 20);
    expect([whole.cut, whole.text(), whole.blob.size]).toEqual([false, "žluna", 6]);
  });
});
