import { describe, expect, it } from "vitest";

import { withHeader } from "../../src/domain/import/csv-header";
import { fetchFile, nameOf } from "../../src/domain/import/fetch-file";
import { firstValues } from "../../src/domain/import/first-values";
import { detectFormat } from "../../src/domain/import/format";
import { eventsSnippet, exampleRow } from "../../src/domain/import/send-snippets";
import { asJsonLines, jsonLines } from "../../src/domain/import/json-lines";
import { sampleOf } from "../../src/domain/import/sample";
import { columnProblems, dataSourceText, schemaText, type ImportColumn } from "../../src/domain/import/schema";
import { freeName, nameFrom, nameProblem } from "../../src/domain/names";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const column = (name: string, type: string, path = ""): ImportColumn => ({ name, type, path, include: true });

describe("the format of a file", () => {
  it.each([
    ["a.csv", "x,y\n1,2", "csv"],
    ["a.tsv", "x\ty", "csv"],
    ["a.bin", "PAR1....", "parquet"],
    ["a.json", '{"a":1}\n{"a":2}', "ndjson"],
    ["a.json", '[{"a":1}]', "json"],
    ["a.json", '{\n  "a": 1\n}', "json"],
    ["a.jsonl.gz", "\u001f", "ndjson"],
    ["data", ' {"a":1}', "ndjson"],
    ["data", "plain", undefined],
  ])("of %s with %j is %s", (name, head, format) => {
    expect(detectFormat(name, bytes(head))).toBe(format);
  });
});

describe("a sample", () => {
  it("ends with a whole line", async () => {
    const sample = await sampleOf(new Blob(["0123456789\n".repeat(100_000)]), "csv");
    expect(sample.size).toBeLessThanOrEqual(1 << 20);
    expect((await sample.text()).endsWith("9\n")).toBe(true);
  });

  it("is the whole of a small or binary file", async () => {
    const file = new Blob(["x".repeat(300_000)]);
    expect((await sampleOf(file, "parquet")).size).toBe(300_000);
    expect((await sampleOf(new Blob(["a\nb"]), "csv")).size).toBe(3);
  });
});

describe("a schema", () => {
  const columns = [
    column("id", "Int64"),
    column("user_name", "Nullable(String)", "$.user.name"),
    { ...column("no", "Int8"), include: false },
  ];

  it("is written with json paths, without the columns left out", () => {
    expect(schemaText(columns)).toBe("id Int64,\nuser_name Nullable(String) `json:$.user.name`");
  });

  it("becomes a datafile", () => {
    expect(dataSourceText({ description: "From a.csv", columns, sortingKey: ["id"] })).toBe(
      'DESCRIPTION >\n    From a.csv\n\nSCHEMA >\n    id Int64,\n    user_name Nullable(String) `json:$.user.name`\n\nENGINE "MergeTree"\nENGINE_SORTING_KEY "id"\n',
    );
  });

  it("names the columns that cannot be used", () => {
    const bad = [
      column("a", "Int8"),
      column("a", "Int8"),
      column("b c", "Int8"),
      column("d", " "),
      column("e", "Int8, x"),
      column("f", "Decimal(9, 2)"),
    ];
    expect([...columnProblems(bad).keys()]).toEqual([1, 2, 3, 4]);
  });
});

describe("a CSV under another header", () => {
  const columns = [
    { inferred: "id", name: "id" },
    { inferred: "full_name", name: "person" },
    { inferred: "c_2020", name: undefined },
  ];
  const shaped = async (text: BlobPart, list = columns, delimiter = ","): Promise<string> =>
    (await withHeader(new File([text], "a.csv"), list, { delimiter })).text();

  it("replaces the header", async () => {
    expect(await shaped('id,"Full\nName",2020\r\n1,a,b\r\n')).toBe("id,person,__unused_3\n1,a,b\r\n");
    expect(await shaped("ID;Full name;2020\n1;a;b", columns, ";")).toBe("id;person;__unused_3\n1;a;b");
  });

  it("adds one where there is none", async () => {
    expect(await shaped("1,a,b\n2,c,d")).toBe("id,person,__unused_3\n1,a,b\n2,c,d");
    expect(await shaped("\uFEFF1,a,b")).toBe("id,person,__unused_3\n1,a,b");
  });

  it("unpacks the file first", async () => {
    const packed = await new Response(
      new Blob(["id,full_name,2020\n1,a,b"]).stream().pipeThrough(new CompressionStream("gzip")),
    ).arrayBuffer();
    const file = await withHeader(new File([packed], "a.csv.gz"), columns, {});
    expect([file.name, await file.text()]).toEqual(["a.csv", "id,person,__unused_3\n1,a,b"]);
  });
});

describe("the first values", () => {
  const analysis = (columns: { name: string; path?: string }[], rest = {}) => ({
    columns: columns.map((each) => ({ type: "String", ...each })),
    schema: "",
    ...rest,
  });

  it("of a CSV come below its header", async () => {
    const sample = new Blob(['\uFEFFa;b\r\n1;"x;\r\ny"\r\n\r\n2;"say ""hi"""\r\n3;z\r\n4;w']);
    const columns = analysis([{ name: "a" }, { name: "b" }], { delimiter: ";" });
    expect(await firstValues(sample, "csv", columns)).toEqual([
      ["1", "2", "3"],
      ["x;\r\ny", 'say "hi"', "z"],
    ]);
    expect((await firstValues(new Blob(["1,2"]), "csv", { ...columns, delimiter: ",", hasHeader: false }))[0]).toEqual([
      "1",
    ]);
  });

  it("are found under names with spaces", async () => {
    const columns = [{ name: "us_gross", type: "Int32", path: "$.['US Gross']" }];
    const nested = [{ name: "id", type: "Int32", path: "$.user['the id']" }];
    const of = (text: string, found: typeof columns): Promise<string[][]> =>
      firstValues(new Blob([text]), "ndjson", { columns: found, schema: "" });
    expect(await of('{"US Gross":5}', columns)).toEqual([["5"]]);
    expect(await of('{"user":{"the id":7}}', nested)).toEqual([["7"]]);
  });

  it("of JSON are found by their paths", async () => {
    const columns = analysis([
      { name: "id", path: "$.id" },
      { name: "tags", path: "$.user.tags[:]" },
    ]);
    const lines = '{"id":1,"user":{"tags":["a"]}}\n{"id":null}\n';
    expect(await firstValues(new Blob([lines]), "ndjson", columns)).toEqual([
      ["1", "NULL"],
      ["['a']", "NULL"],
    ]);
  });

  it("are none where the sample cannot be read", async () => {
    expect(await firstValues(new Blob(["PAR1"]), "parquet", analysis([{ name: "a" }]))).toEqual([[]]);
    expect(await firstValues(new Blob(["{"]), "ndjson", analysis([{ name: "a" }]))).toEqual([[]]);
  });
});

describe("a JSON document", () => {
  it("becomes one line for each element, digits kept", () => {
    expect(jsonLines('\uFEFF[\n {"id": 12345678901234567890,\r\n "s": "a,]}\\"b"},\n {"t": [1, {"u": []}]} ,\n]')).toBe(
      '{"id": 12345678901234567890,  "s": "a,]}\\"b"}\n{"t": [1, {"u": []}]}\n',
    );
    expect(jsonLines('{\n"a": 1\n}')).toBe('{ "a": 1 }\n');
    expect(jsonLines("[]")).toBe("");
  });

  it("gets the name of what it became", async () => {
    const file = await asJsonLines(new File(['[{"a":1},{"a":2}]'], "x.json"));
    expect([file.name, await file.text()]).toEqual(["x.ndjson", '{"a":1}\n{"a":2}\n']);
  });
});

describe("a file from a URL", () => {
  it("is named by the end of its path", () => {
    expect(nameOf("https://host/a/trips%202024.csv?x=1#y")).toBe("trips 2024.csv");
    expect(nameOf("https://host/")).toBe("host");
  });

  it("is fetched over http only", async () => {
    await expect(fetchFile("file:///etc/passwd")).rejects.toThrow("https://");
    await expect(fetchFile("not an address")).rejects.toThrow();
  });
});

describe("a snippet that sends rows", () => {
  it("has a row that fits the schema", () => {
    const columns = [
      { name: "at", type: "DateTime64(3)" },
      { name: "day", type: "Nullable(Date)" },
      { name: "user_id", type: "UInt32", jsonpath: "$.user.id" },
      { name: "tags", type: "Array(String)", jsonpath: "$.tags[:]" },
    ];
    expect(exampleRow(columns)).toEqual({ at: "2026-01-05 08:00:00", day: "2026-01-05", user: { id: 1 }, tags: [] });
    expect(() => new Function(`return async () => {${eventsSnippet("https://h", "a", "p.x", columns)}}`)).not.toThrow();
  });
});

describe("names", () => {
  it.each([
    ["2024 Trips (final).csv.gz", "t_2024_trips_final"],
    ["Café.parquet", "cafe"],
    ["order.csv", "order_1"],
    ["???", "data_1"],
    ["dir/a.b.ndjson", "a"],
  ])("from %s is %s", (file, name) => {
    expect(nameFrom(file)).toBe(name);
    expect(nameProblem(name)).toBeUndefined();
  });

  it("are refused with a reason", () => {
    expect(nameProblem("")).toBe("Give it a name.");
    expect(nameProblem("1a")).toContain("letter");
    expect(nameProblem("a-b")).toContain("digits");
    expect(nameProblem("Select")).toContain("reserved");
    expect(nameProblem("a", ["a"])).toContain("exists");
    expect(freeName("a", ["a", "a_2"])).toBe("a_3");
  });
});
