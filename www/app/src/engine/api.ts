/** Typed calls to the HTTP API. Every method throws an `ApiFailure` when the answer says so. */

import type { Backend, IngestOptions, IngestReport } from "./backend";
import { buildForm, readBuild } from "./build";
import { ApiFailure, failureFrom } from "./failure";
import type { Analysis, BuildReport, DataSource, Pipe, ProjectFiles, SchemaColumn, Token } from "./types";

export class Api {
  #token: Promise<string> | undefined;

  constructor(
    readonly backend: Backend,
    /** Asks the person whether a request may reach a host. */
    private readonly consent: (host: string) => Promise<boolean> = async () => false,
  ) {}

  /** The token of the workspace's administrator, asked for once. */
  token(): Promise<string> {
    this.#token ??= this.#askToken().catch((error: unknown) => {
      this.#token = undefined;
      throw error;
    });
    return this.#token;
  }

  /**
   * A request with the administrator's token; throws when the status is 400 or more. Where the engine would have to
   * reach another host, the person is asked, and the request made again after a yes.
   */
  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("Authorization", `Bearer ${await this.token()}`);
    const response = await this.backend.request(path, { ...init, headers });
    if (response.status < 400) return response;
    const failure = await failureFrom(response);
    if (failure.host === undefined || !(await this.#allow(failure.host))) throw failure;
    return this.send(path, init);
  }

  /** Whether a request of this page may go to a host: the person said so before, or says so now. */
  async mayReach(host: string): Promise<boolean> {
    const known = await this.hosts().catch((): string[] => []);
    return known.includes(host) || this.#allow(host);
  }

  /** Hosts that the person allowed. */
  async hosts(): Promise<string[]> {
    return (await this.json<{ hosts: { host: string }[] }>("/v0/hosts")).hosts.map((each) => each.host);
  }

  async forgetHost(host: string): Promise<void> {
    await this.send(`/v0/hosts/${encodeURIComponent(host)}`, { method: "DELETE" });
  }

  async json<T>(path: string, init?: RequestInit): Promise<T> {
    return (await (await this.send(path, init)).json()) as T;
  }

  async text(path: string): Promise<string> {
    return (await this.send(path)).text();
  }

  async dataSources(): Promise<DataSource[]> {
    const { datasources } = await this.json<{ datasources: DataSource[] }>("/v0/datasources");
    return datasources.map((each) => ({
      ...each,
      columns: (each.columns ?? each.schema?.columns ?? []).map(wholeType),
    }));
  }

  async pipes(): Promise<Pipe[]> {
    return (await this.json<{ pipes: Pipe[] }>("/v0/pipes")).pipes;
  }

  pipe(name: string): Promise<Pipe> {
    return this.json(`/v0/pipes/${encodeURIComponent(name)}`);
  }

  dataSourceFile(name: string): Promise<string> {
    return this.text(`/v0/datasources/${encodeURIComponent(name)}.datasource`);
  }

  pipeFile(name: string): Promise<string> {
    return this.text(`/v1/pipes/${encodeURIComponent(name)}.pipe`);
  }

  async tokens(): Promise<Token[]> {
    return (await this.json<{ tokens: Token[] }>("/v0/tokens")).tokens;
  }

  /** Names of the workspace's secrets. Their values never leave the engine. */
  async secrets(): Promise<string[]> {
    return (await this.json<{ variables: { name: string }[] }>("/v0/variables")).variables.map((each) => each.name);
  }

  async setSecret(name: string, value: string, exists: boolean): Promise<void> {
    const path = exists ? `/v0/variables/${encodeURIComponent(name)}` : "/v0/variables";
    await this.send(path, {
      method: exists ? "PUT" : "POST",
      body: new URLSearchParams(exists ? { value } : { name, value }),
    });
  }

  async removeSecret(name: string): Promise<void> {
    await this.send(`/v0/variables/${encodeURIComponent(name)}`, { method: "DELETE" });
  }

  /** All datafiles by path. */
  async files(): Promise<ProjectFiles> {
    return (await this.json<{ files: ProjectFiles }>("/v0/files")).files;
  }

  /** Starts a copy, and waits until its job ends. */
  async runJob(path: string, pause = 300): Promise<void> {
    const started = await this.json<{ job?: Job } & Job>(path, { method: "POST" });
    let job: Job = started.job ?? started;
    const id = job.job_id ?? job.id;
    while (id && /waiting|working/.test(job.status ?? "")) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      job = await this.json<Job>(`/v0/jobs/${encodeURIComponent(id)}`);
    }
    if (job.status === "error" || job.error) throw new ApiFailure(job.error ?? "The job failed.", 0);
  }

  async truncate(name: string): Promise<void> {
    await this.send(`/v0/datasources/${encodeURIComponent(name)}/truncate`, { method: "POST" });
  }

  /** Infers a schema from the beginning of a file, or from all of it for Parquet. */
  async analyze(sample: Blob, format: string): Promise<Analysis> {
    const body = await this.json<{
      analysis?: { columns?: RawColumn[]; schema?: string };
      dialect?: { delimiter?: string; has_header?: boolean } | null;
    }>(`/v0/analyze?format=${format}`, { method: "POST", body: sample });
    const analysis: Analysis = {
      columns: (body.analysis?.columns ?? []).map(readColumn),
      schema: body.analysis?.schema ?? "",
    };
    if (body.dialect?.delimiter) analysis.delimiter = body.dialect.delimiter;
    if (body.dialect?.has_header !== undefined) analysis.hasHeader = body.dialect.has_header;
    return analysis;
  }

  async ingest(file: File, options: Omit<IngestOptions, "token">): Promise<IngestReport> {
    return this.backend.ingest(file, { ...options, token: await this.token() });
  }

  /** Makes the workspace hold exactly these files. */
  async build(files: ProjectFiles): Promise<BuildReport> {
    const response = await this.send("/v1/build", { method: "POST", body: buildForm(files) });
    return readBuild(response.status, await response.text());
  }

  async #allow(host: string): Promise<boolean> {
    if (!(await this.consent(host))) return false;
    await this.send(`/v0/hosts?${new URLSearchParams({ host })}`, { method: "POST" });
    return true;
  }

  async #askToken(): Promise<string> {
    const response = await this.backend.request("/tokens");
    if (!response.ok) throw await failureFrom(response);
    const body = (await response.json()) as Record<string, string>;
    const token = body["workspace_admin_token"] ?? body["admin_token"];
    if (!token) throw new ApiFailure("The engine gave no token for this workspace.", 0);
    return token;
  }
}

interface Job {
  id?: string;
  job_id?: string;
  status?: string;
  error?: string;
}

interface RawColumn {
  name: string;
  path?: string;
  recommended_type: string;
  present_pct?: number;
}

/** The API tells apart whether a column takes NULL; people read it in the type. */
function wholeType(column: SchemaColumn): SchemaColumn {
  const whole = column.nullable && !column.type.includes("Nullable(");
  return whole ? { ...column, type: `Nullable(${column.type})` } : column;
}

function readColumn(raw: RawColumn): Analysis["columns"][number] {
  const column: Analysis["columns"][number] = { name: raw.name, type: raw.recommended_type };
  if (raw.path) column.path = raw.path;
  if (raw.present_pct !== undefined) column.presence = raw.present_pct;
  return column;
}
