/** Which addresses are the API's. */
import { expect, test } from "vitest";
import { apiBase, apiRoute } from "../src/routes.js";

const base = new URL("https://example.org/sub/folder/");
const route = (address: string) => apiRoute(new URL(address, base), base);

test.each([
  ["v0/sql?q=SELECT+1", { key: "", path: "/v0/sql?q=SELECT+1" }],
  ["v1/workspace", { key: "", path: "/v1/workspace" }],
  ["tokens", { key: "", path: "/tokens" }],
  ["e/8f3a/v0/pipes/top.json?n=3", { key: "e/8f3a", path: "/v0/pipes/top.json?n=3" }],
  ["e/8f3a/tokens", { key: "e/8f3a", path: "/tokens" }],
])("%s belongs to the API", (address, expected) => {
  expect(route(address)).toEqual(expected);
});

test.each(["", "index.html", "v0.html", "kinglet/abc/worker.js", "tokens.css", "/v0/sql", "e/8f3a/", "e/8f3a/index.html"])(
  "%j does not",
  (address) => {
    expect(route(address)).toBeUndefined();
  },
);

test("addresses of other origins do not belong to the API", () => {
  expect(route("https://api.example.com/sub/folder/v0/sql")).toBeUndefined();
});

test("links carry the base without a slash at the end", () => {
  expect(apiBase(base, "")).toBe("/sub/folder");
  expect(apiBase(base, "e/8f3a")).toBe("/sub/folder/e/8f3a");
  expect(apiBase(new URL("https://example.org/"), "")).toBe("");
});
