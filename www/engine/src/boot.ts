/** The page shown for an API address that was opened with no engine running: starts one and shows its answer. */
import { connect } from "./client.js";

/** What can be shown as text; anything else is offered as a download. */
const TEXT = /^(?:text\/|application\/(?:json|x-ndjson|xml|javascript))/;

async function boot(base: string): Promise<void> {
  const kinglet = connect({ base });
  kinglet.onStatus((status) => {
    if (status.state === "failed") show(status.message);
  });
  const response = await kinglet.request(location.href);
  const attachment = /attachment/i.test(response.headers.get("content-disposition") ?? "");
  if (!attachment && TEXT.test(response.headers.get("content-type") ?? "text/plain")) show(await response.text());
  else download(await response.blob(), fileName(response));
}

function show(text: string): void {
  const block = document.createElement("pre");
  block.textContent = text;
  document.body.replaceChildren(block);
}

function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.textContent = `Save ${name}`;
  document.body.replaceChildren(link);
  link.click();
}

/** The name the answer gives itself, or the last part of the address. */
function fileName(response: Response): string {
  const named = /filename="?([^";]+)"?/i.exec(response.headers.get("content-disposition") ?? "");
  return named?.[1] ?? location.pathname.split("/").pop() ?? "answer";
}

const base = document.documentElement.dataset["base"];
if (base !== undefined) boot(base).catch((error: Error) => show(error.message));
