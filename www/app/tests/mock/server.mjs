// A stand-in for the HTTP API while views are developed: resources in memory, invented answers to queries.
// Run `node tests/mock/server.mjs [port]`, then open the dev server with `?api=http://localhost:7199`.

import { createServer } from "node:http";

const port = Number(process.argv[2] ?? 7199);
const files = new Map();
const rows = new Map();
const token = "p.eyJ1IjogIm1vY2sifQ.mock";

const json = (value, status = 200) => ({ status, type: "application/json", body: JSON.stringify(value) });
const text = (value, status = 200, type = "text/plain") => ({ status, type, body: value });
const names = (kind) =>
  [...files.keys()].filter((path) => path.endsWith(`.${kind}`)).map((path) => /([^/]+)\.\w+$/.exec(path)[1]);
const fileOf = (name, kind) => [...files].find(([path]) => path.endsWith(`/${name}.${kind}`))?.[1];

function columnsOf(name) {
  const lines = /SCHEMA >\n([\s\S]*?)\n\n/.exec(`${fileOf(name, "datasource")}\n\n`)?.[1] ?? "";
  return lines.split("\n").map((line) => {
    const [, column, type, path] = /^\s*(\S+)\s+(.*?)(?:\s+`json:(.*)`)?,?$/.exec(line) ?? [];
    return { name: column, type, jsonpath: path ?? null };
  });
}

const dataSource = (name) => ({
  id: `t_${name}`,
  name,
  description: "",
  type: "csv",
  engine: { engine: "MergeTree", engine_sorting_key: /SORTING_KEY "(.*)"/.exec(fileOf(name, "datasource"))?.[1] ?? "" },
  columns: columnsOf(name),
  statistics: { row_count: rows.get(name) ?? 0, bytes: (rows.get(name) ?? 0) * 61 },
  used_by: names("pipe")
    .filter((pipe) => fileOf(pipe, "pipe").includes(name))
    .map((pipe) => ({ id: pipe, name: pipe })),
  quarantine_rows: 0,
});

function pipe(name) {
  const source = fileOf(name, "pipe");
  const nodes = source
    .split(/^NODE /m)
    .slice(1)
    .map((part) => ({
      id: `t_${name}_${part.split("\n")[0]}`,
      name: part.split("\n")[0],
      sql: part,
      node_type: /TYPE (\w+)/.exec(part)?.[1] ?? "standard",
      params: [...part.matchAll(/\{\{(\w+)\((\w+)(?:,\s*'?([^,')]*))?/g)].map(([, type, parameter, fallback]) => ({
        name: parameter,
        type,
        default: fallback,
      })),
    }));
  const endpoint = nodes.find((node) => node.node_type === "endpoint");
  return {
    id: `t_${name}`,
    name,
    description: "",
    type: endpoint ? "endpoint" : "default",
    endpoint: endpoint?.id ?? null,
    nodes,
  };
}

function sql(query) {
  if (/\bbroken\b/.test(query)) {
    return json(
      {
        error:
          "[Error] Unknown expression identifier `broken` in scope SELECT broken FROM feeder_visits (UNKNOWN_IDENTIFIER)",
      },
      400,
    );
  }
  const format = /FORMAT\s+(\w+)/i.exec(query)?.[1];
  if (format === "CSVWithNames") return text('"species","visits"\n"goldcrest",12\n"robin",7\n', 200, "text/csv");
  const meta = [
    { name: "visited_at", type: "DateTime" },
    { name: "species", type: "LowCardinality(String)" },
    { name: "visits", type: "UInt64" },
    { name: "mean_temperature", type: "Nullable(Float64)" },
    { name: "feeders", type: "Array(String)" },
    { name: "amount", type: "Decimal(18, 4)" },
  ];
  const kinds = ["goldcrest", "firecrest", "robin", "nuthatch", "long-tailed tit"];
  const count = /LIMIT (\d+)/.exec(query) ? Math.min(1000, Number(/LIMIT (\d+)/.exec(query)[1])) : 5000;
  const data = Array.from({ length: count }, (_, index) => [
    `2026-01-${String(5 + (index % 14)).padStart(2, "0")} 08:${String(index % 60).padStart(2, "0")}:00`,
    kinds[index % 5],
    String(9007199254740993n + BigInt(index)),
    index % 7 === 0 ? null : (index % 13) / 2,
    ["north", "pond's"],
    12.5,
  ]);
  return json({ meta, data, rows: count, statistics: { elapsed: 0.0123, rows_read: 600, bytes_read: 36600 } });
}

const analysis = () => {
  const columns = [
    ["visited_at", "DateTime"],
    ["feeder", "String"],
    ["food", "String"],
    ["species", "String"],
    ["birds", "Int16"],
    ["seconds", "Int16"],
    ["temperature_c", "Float32"],
    ["ringed", "Bool"],
  ];
  const data = [
    {
      visited_at: "2026-01-05 07:54:55",
      feeder: "south",
      food: "suet",
      species: "goldcrest",
      birds: 1,
      seconds: 4,
      temperature_c: -0.9,
      ringed: false,
    },
  ];
  return json({
    analysis: {
      columns: columns.map(([name, recommended_type]) => ({ name, recommended_type, present_pct: 1 })),
      schema: "",
    },
    preview: { meta: columns.map(([name, type]) => ({ name, type })), data: [data[0], data[0], data[0]] },
  });
};

async function route(request, url, body) {
  const path = decodeURIComponent(url.pathname.replace(/^\/e\/shared/, ""));
  const name = /^\/v[01]\/(?:datasources|pipes)\/([^/.]+)/.exec(path)?.[1];
  if (path === "/tokens") return json({ workspace_admin_token: token, admin_token: token, user_token: token });
  if (path === "/v0/tokens")
    return json({
      tokens: [
        { id: "1", name: "workspace admin token", token, scopes: [{ type: "ADMIN" }] },
        {
          id: "2",
          name: "dashboard",
          token: "p.eyJ1IjogImRhc2gifQ.mock",
          scopes: [{ type: "PIPES:READ", resource: "visits_by_species" }],
        },
      ],
    });
  if (path === "/v0/variables") return json({ variables: [{ name: "bucket_key" }] });
  if (path === "/v0/hosts") return json({ hosts: [] });
  if (path === "/v0/files") return json({ files: Object.fromEntries(files) });
  if (path === "/v0/analyze") return analysis();
  if (path === "/v0/sql") return sql(body.toString() || url.searchParams.get("q"));
  if (path === "/v0/datasources" && request.method === "GET")
    return json({ datasources: names("datasource").map(dataSource) });
  if (path === "/v0/datasources") {
    const wanted = url.searchParams.get("name");
    if (url.searchParams.get("mode") === "create") {
      const schema = (url.searchParams.get("schema") ?? "")
        .split(",\n")
        .map((line) => `    ${line}`)
        .join(",\n");
      files.set(`datasources/${wanted}.datasource`, `SCHEMA >\n${schema}\n\nENGINE "MergeTree"\n`);
    }
    rows.set(wanted, (rows.get(wanted) ?? 0) + body.toString().split("\n").length - 2);
    return json({ import_id: "x", datasource: dataSource(wanted), error: false, quarantine_rows: 0, invalid_lines: 0 });
  }
  if (path.endsWith("/truncate")) return (rows.set(name, 0), text("", 205));
  if (path.endsWith(".datasource")) return text(fileOf(name, "datasource"));
  if (path === "/v0/pipes") return json({ pipes: names("pipe").map(pipe) });
  if (path.endsWith(".pipe")) return text(fileOf(name, "pipe"));
  if (/\/v0\/pipes\/\w+\.(json|csv)/.test(path))
    return json({
      meta: [{ name: "species", type: "String" }],
      data: [{ species: "<b>goldcrest</b>" }],
      rows: 1,
      statistics: { elapsed: 0.001, rows_read: 600, bytes_read: 36600 },
    });
  if (path.startsWith("/v0/pipes/"))
    return names("pipe").includes(name) ? json(pipe(name)) : json({ error: `The pipe "${name}" does not exist` }, 404);
  if (path === "/v1/build") return build(request, body);
  return json({ error: "Not found" }, 404);
}

async function build(request, body) {
  const form = await new Response(body, { headers: { "content-type": request.headers["content-type"] } }).formData();
  const next = new Map();
  for (const file of form.getAll("data_project://")) next.set(file.name, await file.text());
  const bad = [...next].find(([, content]) => content.includes("broken"));
  if (bad) return json({ result: "failed", errors: [{ filename: bad[0], error: "Unknown identifier `broken`" }] });
  files.clear();
  for (const [path, content] of next) files.set(path, content);
  return json({ result: "success", build: { id: "1", new_pipe_names: names("pipe"), feedback: [] } });
}

createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    const headers = {
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Allow-Headers": "*",
      "Access-Control-Allow-Methods": "*",
    };
    const url = new URL(request.url, `http://localhost:${port}`);
    if (request.method === "OPTIONS") return response.writeHead(204, headers).end();
    const answer = await route(request, url, Buffer.concat(chunks)).catch((error) =>
      json({ error: String(error) }, 500),
    );
    if (url.pathname.endsWith("/v0/sql")) await new Promise((resolve) => setTimeout(resolve, 30));
    response.writeHead(answer.status, { ...headers, "Content-Type": answer.type }).end(answer.body);
  });
}).listen(port, () => console.log(`mock API on http://localhost:${port}`));
