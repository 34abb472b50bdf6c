/** Reads the first records of a CSV, as far as a preview or a header needs them. */

/** Cells of at most `most` records. Quotes may hold delimiters, line ends and doubled quotes. */
export function readRecords(text: string, delimiter: string, most: number): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  const endRecord = (): void => {
    cells.push(cell.replace(/\r$/, ""));
    if (cells.length > 1 || cells[0] !== "") records.push(cells);
    cells = [];
    cell = "";
  };
  for (let index = 0; index < text.length && records.length < most; index += 1) {
    const character = text[index] ?? "";
    if (character === '"') {
      if (quoted && text[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else quoted = !quoted;
    } else if (quoted || (character !== delimiter && character !== "\n")) cell += character;
    else if (character === "\n") endRecord();
    else {
      cells.push(cell);
      cell = "";
    }
  }
  if (records.length < most && (cell !== "" || cells.length > 0)) endRecord();
  return records;
}
