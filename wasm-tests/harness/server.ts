/** A static server for a built site, which can be cut off and given another build. */
import { createServer, type Server } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import type { AddressInfo, Socket } from "node:net";

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Serves one folder below a base path. */
export class SiteServer {
  #server: Server | undefined;
  #sockets = new Set<Socket>();
  #port = 0;
  /** Paths below the base that were asked for, in order. */
  readonly asked: string[] = [];
  /** Files that are kept waiting until `release`. */
  held: RegExp | undefined;
  #waiting: (() => void)[] = [];

  constructor(
    /** The folder served; a test may exchange it for another build's. */
    public folder: string,
    readonly base = "/sub/folder/",
  ) {}

  /** Address of the site; ends in a slash. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}${this.base}`;
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => {
      this.#answer(request.url ?? "/").then(
        ([status, type, body]) => {
          response.writeHead(status, { "content-type": type, "cache-control": "no-cache" });
          response.end(body);
        },
        () => response.writeHead(500).end(),
      );
    });
    server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  /** Give out what was held. */
  release(): void {
    this.held = undefined;
    for (const go of this.#waiting.splice(0)) go();
  }

  /** Go off the network; `start` comes back at the same address. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  }

  async #answer(url: string): Promise<[number, string, string | Buffer]> {
    const path = decodeURIComponent(new URL(url, "http://site").pathname);
    if (!path.startsWith(this.base)) return [404, "text/plain", "outside the site"];
    const below = normalize(path.slice(this.base.length) || "index.html");
    if (below.startsWith("..")) return [404, "text/plain", "outside the site"];
    this.asked.push(below);
    if (this.held?.test(below)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      const body = await readFile(join(this.folder, below));
      return [200, TYPES[extname(below)] ?? "application/octet-stream", body];
    } catch {
      return [404, "text/plain", `no file ${below}`];
    }
  }
}
