/** Small pieces of page that explain a name: beside a completion, and under the pointer. */

import { hoverTooltip } from "@codemirror/view";
import type { Extension } from "@codemirror/state";
import type { FunctionDoc, Hover } from "kinglet";

import type { LanguageHost } from "./host";

export function hover(host: LanguageHost): Extension {
  return hoverTooltip(async (view, position) => {
    const source = host.source(view.state.doc.toString());
    const found = await host.language.ask((client) => client.hover(source, position));
    if (!found || found.to > view.state.doc.length) return null;
    return { pos: found.from, end: found.to, above: true, create: () => ({ dom: hoverBox(found) }) };
  });
}

function hoverBox({ title, text, example, columns }: Hover): HTMLElement {
  const box = element("div", "cm-doc");
  box.append(element("code", "cm-doc-title", title));
  if (text) box.append(element("p", "", text));
  if (columns?.length) {
    const list = element("dl", "");
    for (const { name, type } of columns.slice(0, 30)) list.append(element("dt", "", name), element("dd", "", type));
    box.append(list);
    if (columns.length > 30) box.append(element("p", "", `and ${columns.length - 30} more columns`));
  }
  if (example) box.append(element("pre", "", example));
  return box;
}

export function functionBox({ signature, description, example, category }: FunctionDoc): HTMLElement {
  const box = element("div", "cm-doc");
  box.append(element("code", "cm-doc-title", signature), element("p", "", description));
  if (example) box.append(element("pre", "", example));
  box.append(element("p", "cm-hint", category));
  return box;
}

export function textBox(text: string): HTMLElement {
  const box = element("div", "cm-doc");
  box.append(element("p", "", text));
  return box;
}

function element(name: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
