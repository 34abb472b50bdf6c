import { deflateSync, strToU8 } from "fflate";
import { describe, expect, it } from "vitest";

import { fromBase64Url, toBase64Url } from "../../src/domain/share/base64url";
import { checkBundle, limits, type Bundle } from "../../src/domain/share/bundle";
import { decodeBundle, encodeBundle, inflateUpTo, lengthAdvice } from "../../src/domain/share/codec";
import { formatOfUrl, linkOf } from "../../src/domain/share/make-link";
import { hostsOf } from "../../src/domain/share/open-bundle";
import { withPlaceholders } from "../../src/domain/share/placeholders";

const bundle: Bundle = {
  version: 1,
  files: {
    "datasources/visits.datasource": 'TOKEN "reader" READ\nSCHEMA >\n    species String\n',
    "pipes/top.pipe": "NODE top\nSQL >\n    SELECT 'žluna', '🐦' FROM visits\nTYPE endpoint\n",
    "connections/bucket.connection": "TYPE s3\nS3_SECRET {{ tb_secret('x') }}\n",
  },
  data: [
    { datasource: "visits", format: "csv", text: "species\ngoldcrest\n" },
    { datasource: "visits", format: "parquet", url: "https://example.com/visits.parquet" },
  ],
  open: "#/pipes/top",
  query: "SELECT 1",
};

function fragmentOf(body: unknown): string {
  return `p1.${toBase64Url(deflateSync(strToU8(JSON.stringify(body))))}`;
}

describe("a shared link", () => {
  it("brings back files, data, page and query", () => {
    const opened = decodeBundle(encodeBundle(bundle));
    expect(opened.files["pipes/top.pipe"]).toBe(bundle.files["pipes/top.pipe"]);
    expect(opened.data).toEqual(bundle.data);
    expect(opened.open).toBe("#/pipes/top");
    expect(opened.query).toBe("SELECT 1");
  });

  it("carries neither tokens nor connections", () => {
    const opened = decodeBundle(`#${encodeBundle(bundle)}`);
    expect(Object.keys(opened.files)).toEqual(["datasources/visits.datasource", "pipes/top.pipe"]);
    expect(opened.files["datasources/visits.datasource"]).not.toContain("TOKEN");
  });

  it("has only characters that survive chats and mail", () => {
    expect(encodeBundle(bundle)).toMatch(/^p1\.[A-Za-z0-9_-]+$/);
  });

  it("replaces the page's own query and fragment", () => {
    expect(linkOf(bundle, "https://host/site/?api=x#/query")).toMatch(/^https:\/\/host\/site\/#p1\./);
  });
});

describe("a link from a stranger", () => {
  it("is refused when it inflates to more than the limit", () => {
    const bomb = deflateSync(new Uint8Array(limits.inflated + 1), { level: 9 });
    expect(bomb.length).toBeLessThan(20_000);
    expect(() => decodeBundle(`p1.${toBase64Url(bomb)}`)).toThrow("more data than a link may hold");
    expect(inflateUpTo(deflateSync(new Uint8Array(100)), 100)).toHaveLength(100);
  });

  it("is refused when it is too long, before it is decoded", () => {
    expect(() => decodeBundle(`p1.${"A".repeat(limits.link)}`)).toThrow("too long");
  });

  it("is refused when a part is missing", () => {
    const whole = encodeBundle(bundle);
    for (const part of [whole.slice(0, -8), whole.slice(0, 12), "p1.", "p1.!!!", "p1.AAAA"]) {
      expect(() => decodeBundle(part), part).toThrow("damaged");
    }
  });

  it("is refused when it comes from a version that is not known", () => {
    expect(() => decodeBundle("p9.AAAA")).toThrow("newer version");
    expect(() => decodeBundle(fragmentOf({ v: 2 }))).toThrow("newer version");
  });

  it.each([
    ["a connection", { "connections/a.connection": "TYPE s3" }],
    ["a path out of the project", { "../a.pipe": "NODE a" }],
    ["an absolute path", { "/etc/a.pipe": "NODE a" }],
    ["a script", { "a.js": "alert(1)" }],
    ["a file that is no text", { "a.pipe": 3 }],
  ])("is refused with %s", (_what, files) => {
    expect(() => decodeBundle(fragmentOf({ v: 1, files }))).toThrow();
  });

  it("loses tokens that somebody put in by hand", () => {
    const opened = decodeBundle(fragmentOf({ v: 1, files: { "a.pipe": "token admin READ\nNODE a\n" } }));
    expect(opened.files["a.pipe"]).toBe("NODE a\n");
  });

  it("cannot lead to another address", () => {
    expect(decodeBundle(fragmentOf({ v: 1, open: "https://example.com" })).open).toBe("#/");
    expect(decodeBundle(fragmentOf({ v: 1, open: "p1.AAAA" })).open).toBe("#/");
  });

  it("cannot name data that is not fetched over http", () => {
    const data = [{ datasource: "a", format: "csv", url: "javascript:alert(1)" }];
    expect(() => checkBundle({ v: 1, data })).toThrow("not http");
    expect(() => checkBundle({ v: 1, data: [{ datasource: "a b", format: "csv", text: "" }] })).toThrow();
    expect(() => checkBundle({ v: 1, data: [{ datasource: "a", format: "exe", text: "" }] })).toThrow();
  });

  it("tells which hosts it would reach", () => {
    expect(hostsOf(bundle)).toEqual(["example.com"]);
  });
});

describe("base64url", () => {
  it("is its own inverse for every byte and length", () => {
    for (const length of [0, 1, 2, 3, 255, 100_000]) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 7) & 255);
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
    }
  });
});

describe("advice on length", () => {
  it("grows with the link", () => {
    expect(lengthAdvice(1999)).toBeUndefined();
    expect(lengthAdvice(2001)).toContain("chat");
    expect(lengthAdvice(40_000)).toContain("zip");
    expect(lengthAdvice(limits.link + 1)).toContain("Too long");
  });
});

it("guesses the format of a file by its address", () => {
  expect(formatOfUrl("https://a/b.parquet?x=1")).toBe("parquet");
  expect(formatOfUrl("https://a/b.jsonl")).toBe("ndjson");
  expect(formatOfUrl("https://a/b")).toBe("csv");
});

describe("connections that did not travel", () => {
  it("have stand-ins without credentials, of the kind that is asked for", () => {
    const files = {
      "pipes/out.pipe": "NODE n\nTYPE sink\nEXPORT_CONNECTION_NAME lake\nEXPORT_BUCKET_URI s3://b\n",
      "pipes/say.pipe": "NODE n\nTYPE sink\nEXPORT_CONNECTION_NAME 'loud'\nEXPORT_KAFKA_TOPIC t\n",
      "datasources/in.datasource": "KAFKA_CONNECTION_NAME stream\n",
      "connections/stream.connection": "TYPE kafka\n",
    };
    const added = withPlaceholders(files);
    expect(Object.keys(added).slice(4)).toEqual(["connections/lake.connection", "connections/loud.connection"]);
    expect(added["connections/lake.connection"]).toMatch(/^TYPE s3\n/);
    expect(added["connections/loud.connection"]).toMatch(/^TYPE kafka\n/);
    expect(added["connections/stream.connection"]).toBe("TYPE kafka\n");
  });
});
