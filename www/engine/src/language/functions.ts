/** The table of ClickHouse's functions: fetched once it is needed, and given to the module. */

/** A function in `functions.json`: name, flags (`i` any case, `a` aggregate), category, signature, description, example. */
export type FunctionRow = string[];

const FIELD = "\u001f";
const ROW = "\u001e";

/** The table in the form the module reads. */
export function packFunctions(rows: FunctionRow[]): string {
  return rows.map((row) => row.join(FIELD)).join(ROW);
}

/** Loads the table at most once; a failed load is tried again the next time. */
export class FunctionTable {
  #loading: Promise<string> | undefined;

  constructor(private readonly address: string) {}

  /** The packed table, or undefined where it cannot be had; everything else works without it. */
  async load(): Promise<string | undefined> {
    this.#loading ??= this.#fetch();
    try {
      return await this.#loading;
    } catch {
      this.#loading = undefined;
      return undefined;
    }
  }

  async #fetch(): Promise<string> {
    const response = await fetch(this.address);
    if (!response.ok) throw new Error(`the function table answered ${response.status}`);
    return packFunctions((await response.json()) as FunctionRow[]);
  }
}
