import { describe, expect, it } from "vitest";

import { inputKind, parameterHint } from "../../src/domain/endpoint/parameter-input";
import { curlSnippet, distinctParameters, endpointUrl, javascriptSnippet } from "../../src/domain/endpoint/snippets";

const call = {
  base: "https://host/site",
  pipe: "top",
  format: "json" as const,
  values: { name: "it's & more", empty: "" },
  token: "p.abc",
};

describe("an endpoint's URL", () => {
  it("has the values that are set, and the token last", () => {
    expect(endpointUrl(call)).toBe("https://host/site/v0/pipes/top.json?name=it%27s+%26+more&token=p.abc");
    expect(endpointUrl({ ...call, values: {} }, false)).toBe("https://host/site/v0/pipes/top.json");
  });
});

describe("snippets", () => {
  it("quote for the shell", () => {
    expect(curlSnippet(call)).toBe(
      "curl -G 'https://host/site/v0/pipes/top.json' \\\n  -H 'Authorization: Bearer p.abc' \\\n  --data-urlencode 'name=it'\\''s & more'",
    );
  });

  it("are JavaScript that parses", () => {
    const code = javascriptSnippet({ ...call, values: { a: '"\\\n', b: "2" } });
    expect(() => new Function(`return async () => {${code}}`)).not.toThrow();
    expect(code).toContain('url.searchParams.set("a", "\\"\\\\\\n");');
    expect(javascriptSnippet({ ...call, format: "csv" })).toContain("response.text()");
  });
});

describe("parameters", () => {
  it("appear once, and their typed use wins", () => {
    const found = distinctParameters([
      { name: "a", type: "String", used_in: "function_call" },
      { name: "a", type: "Int32", default: 3 },
      { name: "b", type: "String" },
    ]);
    expect(found.map(({ name, type }) => `${name} ${type}`)).toEqual(["a Int32", "b String"]);
  });

  it("get a field that suits their type", () => {
    expect(inputKind({ name: "a", type: "UInt64" })).toBe("number");
    expect(inputKind({ name: "a", type: "Boolean" })).toBe("boolean");
    expect(inputKind({ name: "a", type: "String", enum: ["x"] })).toBe("choice");
    expect(inputKind({ name: "a", type: "Array(Int32)" })).toBe("text");
  });

  it("say what happens when they are left empty", () => {
    expect(parameterHint({ name: "a", type: "Int32", default: 0 })).toBe("default 0");
    expect(parameterHint({ name: "a", type: "Int32", example: 7 })).toBe("such as 7");
    expect(parameterHint({ name: "a", type: "Date" })).toBe("YYYY-MM-DD");
    expect(parameterHint({ name: "a", type: "Array(Int32)", default: [1] })).toBe("default [1]");
  });
});
