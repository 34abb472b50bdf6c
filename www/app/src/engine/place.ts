/** Finds the place in a query that an error message speaks of. */

import type { Place } from "./failure";

/** Looks for a position, then a line and column, then a quoted name that occurs in the text. */
export function placeOf(message: string, text: string): Place | undefined {
  return byPosition(message, text) ?? byLine(message, text) ?? byName(message, text);
}

/** `failed at position 15 ('…')`: counted in bytes from 1. */
function byPosition(message: string, text: string): Place | undefined {
  const found = /\bat position (\d+)/.exec(message);
  if (!found) return undefined;
  return around(text, unitOffset(text, Number(found[1]) - 1));
}

function byLine(message: string, text: string): Place | undefined {
  const found = /\bline (\d+),? col(?:umn)? (\d+)/i.exec(message);
  return found ? atLine(text, Number(found[1]), Number(found[2])) : undefined;
}

/** The word at a line and column, both from 1. */
export function atLine(text: string, line: number, column: number): Place | undefined {
  const before = text.split("\n").slice(0, line - 1);
  const start = before.reduce((sum, each) => sum + each.length + 1, 0);
  return around(text, start + column - 1);
}

function byName(message: string, text: string): Place | undefined {
  for (const found of message.matchAll(/[`'"]([A-Za-z_][\w.]{0,127})[`'"]/g)) {
    const name = found[1] ?? "";
    const match = new RegExp(`(?<![\\w.])${name.replace(/\./g, "\\.")}(?!\\w)`).exec(text);
    if (match) return { offset: match.index, length: name.length };
  }
  return undefined;
}

/** The word that begins at an offset, or one character of it; the last one when past the end. */
function around(text: string, offset: number): Place | undefined {
  if (text.length === 0 || offset < 0) return undefined;
  const start = Math.min(offset, text.length - 1);
  const word = /^\w+/.exec(text.slice(start));
  return { offset: start, length: word ? word[0].length : 1 };
}

function unitOffset(text: string, bytes: number): number {
  let seen = 0;
  let units = 0;
  for (const character of text) {
    if (seen >= bytes) break;
    const point = character.codePointAt(0) ?? 0;
    seen += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    units += character.length;
  }
  return units;
}
