import { describe, expect, it } from "vitest";

import { Api } from "../../src/engine/api";
import type { Backend } from "../../src/engine/backend";
import { readIngestReport } from "../../src/engine/ingest-report";
import { Workspace } from "../../src/domain/workspace.svelte";

/** A backend that answers from a table and remembers what it was asked. */
function backend(answers: Record<string, unknown>, asked: { path: string; init: RequestInit }[] = []): Backend {
  return {
    base: "http://engine",
    ephemeral: false,
    reachable: false,
    status: { state: "ready", memory: false },
    request: async (path, init = {}) => {
      asked.push({ path, init });
      if (path === "/tokens") return Response.json({ workspace_admin_token: "p.admin" });
      const answer = answers[path.split("?")[0] ?? ""];
      if (answer === undefined) return Response.json({ error: "Not found" }, { status: 404 });
      return typeof answer === "string" ? new Response(answer) : Response.json(answer);
    },
    ingest: async () => ({ quarantined: 0, invalidLines: 0 }),
    subscribe: () => () => {},
    onChange: () => () => {},
    onUpdate: () => {},
    close: () => {},
  };
}

const project = {
  "/v0/datasources": {
    datasources: [
      { id: "1", name: "a" },
      { id: "2", name: "a_quarantine" },
    ],
  },
  "/v0/pipes": { pipes: [{ id: "3", name: "p" }] },
  "/v0/files": { files: { "datasources/a.datasource": "A", "endpoints/p.pipe": "P" } },
  "/v1/build": { result: "success", build: { new_pipe_names: ["q"], deleted_datasource_names: [], feedback: [] } },
};

describe("the API", () => {
  it("asks for the token once and sends it along", async () => {
    const asked: { path: string; init: RequestInit }[] = [];
    const api = new Api(backend(project, asked));
    await Promise.all([api.dataSources(), api.pipes()]);
    expect(asked.filter(({ path }) => path === "/tokens")).toHaveLength(1);
    expect(new Headers(asked.at(-1)?.init.headers).get("authorization")).toBe("Bearer p.admin");
  });

  it("throws what the engine says", async () => {
    await expect(new Api(backend({})).pipe("x")).rejects.toMatchObject({ status: 404, message: "Not found" });
  });

  it("asks the person before the engine reaches a host, and once", async () => {
    const asked: { path: string; init: RequestInit }[] = [];
    const allowed: string[] = [];
    const inner = backend({ "/v0/hosts": { hosts: [] }, "/v0/datasources": { import_id: "1" } }, asked);
    const refusing: Backend = {
      ...inner,
      request: async (path, init = {}) => {
        const refused = path.startsWith("/v0/datasources") && !asked.some((each) => each.path.startsWith("/v0/hosts?"));
        const body = { error: "not yet", code: "host_not_allowed", host: "files.test" };
        return refused ? Response.json(body, { status: 403 }) : inner.request(path, init);
      },
    };
    const no = new Api(refusing, async () => false);
    await expect(no.send("/v0/datasources?url=x", { method: "POST" })).rejects.toMatchObject({ host: "files.test" });
    const yes = new Api(refusing, async (host) => allowed.push(host) > 0);
    expect(await yes.json("/v0/datasources?url=x", { method: "POST" })).toEqual({ import_id: "1" });
    expect(allowed).toEqual(["files.test"]);
    expect(asked.find(({ path }) => path === "/v0/hosts?host=files.test")?.init.method).toBe("POST");
  });

  it("says in the type that a column takes NULL", async () => {
    const columns = [
      { name: "a", type: "Int8", nullable: true },
      { name: "b", type: "Int8", nullable: false },
    ];
    const [source] = await new Api(
      backend({ "/v0/datasources": { datasources: [{ id: "1", name: "d", columns }] } }),
    ).dataSources();
    expect(source?.columns?.map((column) => column.type)).toEqual(["Nullable(Int8)", "Int8"]);
  });

  it("waits for jobs, and fails with them", async () => {
    const job = { id: "j", status: "waiting" };
    const done = new Api(backend({ "/v0/pipes/c/copy": { job }, "/v0/jobs/j": { ...job, status: "done" } }));
    await expect(done.runJob("/v0/pipes/c/copy", 1)).resolves.toBeUndefined();
    const failed = new Api(
      backend({ "/v0/pipes/c/copy": { job }, "/v0/jobs/j": { ...job, status: "error", error: "no" } }),
    );
    await expect(failed.runJob("/v0/pipes/c/copy", 1)).rejects.toThrow("no");
  });

  it("reads inferred schemas", async () => {
    const analysis = {
      columns: [{ name: "a", path: "$.a", recommended_type: "Int8", present_pct: 0.5 }],
      schema: "a Int8",
    };
    const api = new Api(backend({ "/v0/analyze": { analysis } }));
    expect(await api.analyze(new Blob(["{}"]), "ndjson")).toEqual({
      columns: [{ name: "a", type: "Int8", path: "$.a", presence: 0.5 }],
      schema: "a Int8",
    });
  });
});

describe("saving a pipe", () => {
  it("builds the whole project, with the pipe in it", async () => {
    const asked: { path: string; init: RequestInit }[] = [];
    const workspace = new Workspace(new Api(backend(project, asked)));
    const report = await workspace.save({ "pipes/q.pipe": "Q" });
    expect(report.changes).toEqual(["created q"]);
    const form = asked.find(({ path }) => path === "/v1/build")?.init.body as FormData;
    const files = form.getAll("data_project://") as File[];
    expect(await Promise.all(files.map(async (file) => [file.name, await file.text()]))).toEqual([
      ["datasources/a.datasource", "A"],
      ["endpoints/p.pipe", "P"],
      ["pipes/q.pipe", "Q"],
    ]);
  });

  it("fails with the errors of the files", async () => {
    const refused = {
      ...project,
      "/v1/build": { result: "failed", errors: [{ filename: "q.pipe", error: "bad SQL" }] },
    };
    const workspace = new Workspace(new Api(backend(refused)));
    await expect(workspace.save({ "q.pipe": "Q" })).rejects.toMatchObject({
      files: [{ filename: "q.pipe", error: "bad SQL" }],
    });
  });
});

describe("the answer to an import", () => {
  it("is read in either family of keys", () => {
    expect(readIngestReport('{"successful_rows":2,"quarantined_rows":1}')).toEqual({
      rows: 2,
      quarantined: 1,
      invalidLines: 0,
    });
    expect(
      readIngestReport(
        '{"datasource":{"statistics":{"row_count":7}},"error":"2 rows in quarantine","quarantine_rows":2,"invalid_lines":3}',
      ),
    ).toEqual({
      rows: 7,
      quarantined: 2,
      invalidLines: 3,
      message: "2 rows in quarantine",
    });
    expect(readIngestReport("")).toEqual({ quarantined: 0, invalidLines: 0 });
  });
});
