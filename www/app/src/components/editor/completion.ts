/** Completion of keywords and the workspace's own names, until the language module is here. */

import {
  completeFromList,
  type Completion,
  type CompletionContext,
  type CompletionSource,
} from "@codemirror/autocomplete";

import { directives, keywords, templateFunctions } from "./clickhouse-words";

/** Tables by name, with their columns. */
export type Schema = Record<string, { name: string; type: string }[]>;

const fixed: Completion[] = [
  ...keywords.map((label) => ({ label, type: "keyword", boost: -1 })),
];
const tagWords: Completion[] = templateFunctions.map((label) => ({ label, type: "function", apply: `${label}(` }));
const lineWords = completeFromList(directives.map((label) => ({ label, type: "keyword" })));

export function sqlCompletion(schema: () => Schema): CompletionSource {
  return (context: CompletionContext) => {
    const word = context.matchBefore(/[\w.]*/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const before = context.state.sliceDoc(Math.max(0, word.from - 400), word.from);
    if (/\{[{%][^}%]*$/.test(before)) return { from: word.from, options: tagWords, validFor: /^\w*$/ };
    const dot = word.text.lastIndexOf(".");
    const tables = schema();
    if (dot >= 0) return columnsOf(tables, word.text.slice(0, dot), word.from + dot + 1);
    return { from: word.from, options: [...namesOf(tables), ...fixed], validFor: /^\w*$/ };
  };
}

export function datafileCompletion(schema: () => Schema): CompletionSource {
  const sql = sqlCompletion(schema);
  return (context) => {
    const line = context.state.doc.lineAt(context.pos);
    return /^\w*$/.test(line.text.slice(0, context.pos - line.from)) ? lineWords(context) : sql(context);
  };
}

function columnsOf(tables: Schema, table: string, from: number) {
  const columns = tables[table];
  if (!columns) return null;
  return {
    from,
    options: columns.map(({ name, type }) => ({ label: name, detail: type, type: "property", boost: 2 })),
    validFor: /^\w*$/,
  };
}

function namesOf(tables: Schema): Completion[] {
  const columns = new Map<string, string>();
  for (const list of Object.values(tables)) for (const { name, type } of list) columns.set(name, type);
  return [
    ...Object.keys(tables).map((label) => ({ label, type: "class", detail: "table", boost: 3 })),
    ...[...columns].map(([label, detail]) => ({ label, type: "property", detail, boost: 2 })),
  ];
}
