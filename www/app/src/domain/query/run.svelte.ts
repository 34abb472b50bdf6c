/** One run of a query: from the press of the button to the grid. */

import type { Api } from "../../engine/api";
import { ApiFailure, isAbort, messageOf } from "../../engine/failure";
import { readBody, type Body } from "./read-body";
import { readResult, type QueryResult } from "../result/result";
import { isBinaryFormat, readStatement } from "./statement";

export type RunState = "idle" | "running" | "done" | "failed" | "cancelled";

export class Run {
  state = $state<RunState>("idle");
  result = $state.raw<QueryResult>();
  /** The answer in the format that the statement asks for, when it is not the grid's. */
  output = $state.raw<{ format: string; text?: string; blob: Blob }>();
  failure = $state.raw<Error>();
  /** Milliseconds until the whole answer was here. */
  elapsed = $state(0);
  #controller: AbortController | undefined;

  /** Runs a statement, cancelling one that is still running. Settles when it ended in any way. */
  async start(api: Api, sql: string, parameters: Record<string, string> = {}): Promise<void> {
    this.cancel();
    const controller = new AbortController();
    this.#controller = controller;
    this.state = "running";
    const started = performance.now();
    try {
      const statement = readStatement(sql);
      const body = await this.#ask(api, statement.sql, statement.format, parameters, controller.signal);
      if (this.#controller !== controller) return;
      this.#show(body, statement.format);
      this.state = "done";
    } catch (error) {
      if (this.#controller !== controller) return;
      this.#fail(error);
    }
    this.elapsed = performance.now() - started;
  }

  cancel(): void {
    this.#controller?.abort();
    if (this.state === "running") this.state = "cancelled";
    this.#controller = undefined;
  }

  clear(): void {
    this.cancel();
    this.state = "idle";
    this.result = undefined;
    this.output = undefined;
    this.failure = undefined;
  }

  async #ask(
    api: Api,
    sql: string,
    format: string | undefined,
    parameters: Record<string, string>,
    signal: AbortSignal,
  ): Promise<Body> {
    const query = new URLSearchParams(parameters);
    if (!format) {
      query.set("output_format_json_quote_64bit_integers", "1");
      query.set("output_format_json_quote_denormals", "1");
    }
    const text = format ? sql : `${sql}\nFORMAT JSONCompact`;
    const response = await api.send(`/v0/sql?${query}`, {
      method: "POST",
      headers: { "Content-Type": "text/plain" },
      body: text,
      signal,
    });
    return readBody(response);
  }

  #show(body: Body, format: string | undefined): void {
    this.failure = undefined;
    if (format) {
      this.result = undefined;
      const output: { format: string; text?: string; blob: Blob } = { format, blob: body.blob };
      if (!isBinaryFormat(format)) output.text = body.text();
      this.output = output;
    } else {
      this.output = undefined;
      this.result = readResult(body.text(), body.cut);
    }
  }

  #fail(error: unknown): void {
    if (isAbort(error)) {
      this.state = "cancelled";
      return;
    }
    this.failure = error instanceof Error ? error : new ApiFailure(messageOf(error), 0);
    this.state = "failed";
  }
}
