/** Colours for ClickHouse SQL with template tags, and for datafiles. A tokenizer, not a parser. */

import { StreamLanguage, type StringStream } from "@codemirror/language";

import { directives, keywords, templateFunctions, typeName } from "./clickhouse-words";

interface Mode {
  /** What the reader is inside of, when it spans lines. */
  inside: "" | "comment" | "templateComment" | "template";
  templateEnd: string;
  /** The datafile's block that the line belongs to, such as DESCRIPTION; empty in plain SQL. */
  block: string;
}

const keywordSet = new Set(keywords);
const directiveSet = new Set(directives);
const templateSet = new Set([
  ...templateFunctions,
  "if",
  "elif",
  "else",
  "end",
  "for",
  "in",
  "set",
  "not",
  "and",
  "or",
]);

export const clickhouse = language(false);
export const datafile = language(true);

function language(withDirectives: boolean): StreamLanguage<Mode> {
  return StreamLanguage.define<Mode>({
    name: withDirectives ? "datafile" : "clickhouse",
    startState: () => ({ inside: "", templateEnd: "", block: "" }),
    copyState: (mode) => ({ ...mode }),
    token: (stream, mode) => {
      if (withDirectives && stream.sol() && mode.inside === "") {
        const word = stream.match(/^[A-Za-z_]+/, false) as RegExpMatchArray | null;
        if (word && directiveSet.has(word[0].toUpperCase())) {
          stream.match(/^[A-Za-z_]+/);
          mode.block = word[0].toUpperCase();
          return "heading";
        }
        if (stream.peek() === "#") return skip(stream, "comment");
      }
      if (mode.block === "DESCRIPTION") return skip(stream, null);
      if (/^(ENGINE|TAGS|EXPORT|IMPORT|KAFKA)/.test(mode.block))
        return stream.match(/^"[^"]*"?/) ? "string" : token(stream, mode);
      return token(stream, mode);
    },
    languageData: {
      commentTokens: { line: "--", block: { open: "/*", close: "*/" } },
      closeBrackets: { brackets: ["(", "[", "{", "'"] },
    },
  });
}

function token(stream: StringStream, mode: Mode): string | null {
  if (mode.inside === "comment") return until(stream, mode, "*/", "comment");
  if (mode.inside === "templateComment") return until(stream, mode, "#}", "comment");
  if (mode.inside === "template") return templateToken(stream, mode);
  if (stream.eatSpace()) return null;
  if (stream.match("--")) return skip(stream, "comment");
  if (stream.match("/*")) return enter(mode, "comment");
  if (stream.match("{#")) return enter(mode, "templateComment");
  if (stream.match("{{") || stream.match("{%")) {
    mode.templateEnd = stream.current() === "{{" ? "}}" : "%}";
    mode.inside = "template";
    return "meta";
  }
  return plainToken(stream);
}

function plainToken(stream: StringStream): string | null {
  if (stream.match(/^'(?:\\.|''|[^'\\])*'?/)) return "string";
  if (stream.match(/^(?:"(?:\\.|[^"\\])*"?|`(?:\\.|[^`\\])*`?)/)) return "variableName";
  if (stream.match(/^(?:0x[\da-f]+|\d+(?:\.\d*)?(?:e[+-]?\d+)?)/i)) return "number";
  const word = stream.match(/^[A-Za-z_]\w*/) as RegExpMatchArray | null;
  if (!word) {
    stream.next();
    return null;
  }
  if (keywordSet.has(word[0].toUpperCase()) && !stream.match(/^\s*\((?!\s*SELECT)/i, false)) return "keyword";
  if (typeName.test(word[0])) return "typeName";
  if (stream.match(/^\s*\(/, false)) return keywordSet.has(word[0].toUpperCase()) ? "keyword" : "variableName.function";
  return keywordSet.has(word[0].toUpperCase()) ? "keyword" : "variableName";
}

function templateToken(stream: StringStream, mode: Mode): string | null {
  if (stream.match(mode.templateEnd)) {
    mode.inside = "";
    return "meta";
  }
  if (stream.eatSpace()) return null;
  if (stream.match(/^(?:'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?)/)) return "string";
  if (stream.match(/^\d+(?:\.\d+)?/)) return "number";
  const word = stream.match(/^[A-Za-z_]\w*/) as RegExpMatchArray | null;
  if (word) return templateSet.has(word[0]) ? "meta" : "variableName";
  stream.next();
  return null;
}

function until(stream: StringStream, mode: Mode, end: string, style: string): string {
  while (!stream.eol()) {
    if (stream.match(end)) {
      mode.inside = "";
      break;
    }
    stream.next();
  }
  return style;
}

function enter(mode: Mode, inside: Mode["inside"]): string {
  mode.inside = inside;
  return "comment";
}

function skip(stream: StringStream, style: string | null): string | null {
  stream.skipToEnd();
  return style;
}
