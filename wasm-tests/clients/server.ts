/** `cargo xtask serve`, as a test starts it and asks it. */
import { spawn, type ChildProcess } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A workspace of a running server. */
export interface NativeWorkspace {
  readonly id: string;
  readonly name: string;
  readonly token: string;
}

export class NativeServer {
  #process: ChildProcess | undefined;
  /** Address of the API, without a slash at its end. */
  url = "";
  /** Port of ClickHouse's interface. */
  clickhousePort = 0;

  /** Build the server where that is needed and start it on free ports. */
  async start(...options: string[]): Promise<this> {
    // A built server may be named, which saves cargo's look at every file.
    const built = process.env.KINGLET_SERVER;
    const [program, first] = built ? [built, []] : ["cargo", ["xtask", "serve"]];
    // A group of its own: cargo, xtask and the server end together.
    const all = [...first, "--port", "0", ...options];
    const child = spawn(program, all, { cwd: root, stdio: ["ignore", "pipe", "inherit"], detached: true });
    this.#process = child;
    const said = await new Promise<string>((resolve, reject) => {
      let text = "";
      child.stdout.on("data", (piece: Buffer) => {
        text += piece.toString();
        if (text.includes("admin token:")) resolve(text);
      });
      child.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
    });
    const port = (pattern: RegExp) => Number(pattern.exec(said)?.[1]);
    this.url = `http://localhost:${port(/^listening on http:\/\/localhost:(\d+)/m)}`;
    this.clickhousePort = port(/^ClickHouse's interface on http:\/\/localhost:(\d+)/m);
    return this;
  }

  stop(): void {
    const child = this.#process;
    child?.removeAllListeners("exit");
    child?.stdout?.destroy();
    if (child?.pid) process.kill(-child.pid, "SIGTERM");
  }

  /** What the server tells whoever sits in front of it. */
  async tokens(): Promise<{ user_token: string; workspace_admin_token: string }> {
    return (await fetch(`${this.url}/tokens`)).json();
  }

  /** Make a workspace and build a project in it, with its fixtures. */
  async workspace(name: string, project: Record<string, string>): Promise<NativeWorkspace> {
    const { user_token } = await this.tokens();
    const query = new URLSearchParams({ name, token: user_token });
    const made: NativeWorkspace = await expectOk(await fetch(`${this.url}/v1/workspaces?${query}`, { method: "POST" }));
    await buildProject(this.url, made.token, project);
    return made;
  }
}

/** Build a project and load its fixtures, as `tb build` does. */
export async function buildProject(url: string, token: string, project: Record<string, string>): Promise<void> {
  const headers = { Authorization: `Bearer ${token}` };
  const form = new FormData();
  for (const [path, text] of Object.entries(project)) {
    if (/\.(datasource|pipe|connection)$/.test(path)) form.append("data_project://", new Blob([text]), path);
  }
  const built = await expectOk(await fetch(`${url}/v1/build`, { method: "POST", headers, body: form }));
  if (built.result !== "success") throw new Error(JSON.stringify(built));
  for (const [path, body] of Object.entries(project)) {
    const [, name, format] = /^fixtures\/(.+)\.(csv|ndjson)$/.exec(path) ?? [];
    if (!name) continue;
    const query = new URLSearchParams({ name, mode: "append", format: format! });
    await expectOk(await fetch(`${url}/v0/datasources?${query}`, { method: "POST", headers, body }));
  }
}

/** The document of an answer, which must be a good one. */
export async function expectOk(answer: Response): Promise<any> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  return JSON.parse(text);
}
