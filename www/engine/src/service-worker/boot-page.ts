/** The page that starts an engine when an API address is opened with none running. */
import { siteFile } from "../build.js";
import { base } from "./scope.js";
import { secured } from "./security.js";

export function bootPage(): Response {
  const html = `<!doctype html>
<html lang="en" data-base="${escaped(base.href)}">
<head><meta charset="utf-8"><title>Kinglet</title><meta name="color-scheme" content="light dark"></head>
<body><p>Starting the engine…</p><script type="module" src="${escaped(siteFile(base, "boot.js"))}"></script></body>
</html>`;
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
  return secured(new Response(html, { headers }));
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
}
