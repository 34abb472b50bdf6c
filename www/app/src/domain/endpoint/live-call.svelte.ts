/** One real HTTP call of an endpoint, as any page of this site would make it. */

import { isAbort, messageOf } from "../../engine/failure";
import { readBody } from "../query/read-body";
import { endpointUrl, type EndpointCall } from "./snippets";

export interface Answer {
  status: number;
  statusText: string;
  contentType: string;
  size: number;
  text?: string;
  blob: Blob;
}

export class LiveCall {
  state = $state<"idle" | "running" | "done" | "failed">("idle");
  answer = $state.raw<Answer>();
  problem = $state("");
  elapsed = $state(0);
  #controller: AbortController | undefined;

  async start(call: EndpointCall, fetcher: (url: string, init: RequestInit) => Promise<Response>): Promise<void> {
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    this.state = "running";
    const started = performance.now();
    try {
      const response = await fetcher(endpointUrl(call, false), {
        headers: { Authorization: `Bearer ${call.token}` },
        signal: controller.signal,
      });
      const body = await readBody(response);
      this.elapsed = performance.now() - started;
      const contentType = response.headers.get("content-type") ?? "";
      const answer: Answer = {
        status: response.status,
        statusText: response.statusText,
        contentType,
        size: body.blob.size,
        blob: body.blob,
      };
      if (/json|text|csv/.test(contentType) || response.status >= 400) answer.text = body.text();
      this.answer = answer;
      this.state = "done";
    } catch (error) {
      if (isAbort(error) && this.#controller !== controller) return;
      this.problem = messageOf(error);
      this.state = "failed";
    }
  }
}
