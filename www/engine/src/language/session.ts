/** Answers the client's calls with the module. */
import { FunctionTable } from "./functions.js";
import type { Language } from "./module.js";
import type { LanguageCalls, LanguageMethod, ToLanguage } from "./protocol.js";

/** Calls that are answered better, or at all, with the table of functions. */
const WITH_FUNCTIONS: ReadonlySet<LanguageMethod> = new Set(["complete", "hover", "signature", "functionDoc"]);

/** How long the first check waits for the table, in milliseconds. */
const MOMENT = 300;

/** One project and the calls about it, answered in the order in which they come. */
export class LanguageSession {
  readonly #language: Language;
  readonly #functions: FunctionTable;
  #hasFunctions = false;
  #asked = false;

  constructor(language: Language, functionsAddress: string) {
    this.#language = language;
    this.#functions = new FunctionTable(functionsAddress);
  }

  async answer(call: ToLanguage): Promise<LanguageCalls[LanguageMethod]["result"]> {
    if (!this.#hasFunctions && WITH_FUNCTIONS.has(call.method)) await this.#loadFunctions();
    // The first check waits for it a moment, so that what is said of functions does not come late.
    if (call.method === "diagnostics" && !this.#asked) await Promise.race([this.#loadFunctions(), after(MOMENT)]);
    return this.#answer(call);
  }

  async #loadFunctions(): Promise<void> {
    this.#asked = true;
    const table = await this.#functions.load();
    if (table === undefined || this.#hasFunctions) return;
    this.#language.set_functions(table);
    this.#hasFunctions = true;
  }

  #answer(call: ToLanguage): LanguageCalls[LanguageMethod]["result"] {
    const language = this.#language;
    switch (call.method) {
      case "files":
        if (call.params.all) language.clear_files();
        for (const [path, text] of Object.entries(call.params.files)) {
          if (text === null) language.remove_file(path);
          else language.set_file(path, text);
        }
        return null;
      case "tables":
        language.clear_tables();
        for (const [name, columns] of Object.entries(call.params)) {
          language.set_table(
            name,
            columns.flatMap((column) => [column.name, column.type]),
          );
        }
        return null;
      case "projectDiagnostics":
        return read(language.project_diagnostics());
      case "functionDoc":
        return read(language.function_doc(call.params));
      case "rename": {
        const { what, name } = call.params;
        return read(language.rename(what.kind, what.name, what.kind === "node" ? what.pipe : "", name));
      }
      case "lineage":
        return read(language.lineage(call.params.by === "nodes"));
      case "tokens":
        return language.tokens(call.params.path, call.params.text, call.params.node);
      case "diagnostics":
      case "sections":
      case "format":
      case "parameters":
      case "columns":
        return read(language[call.method](call.params.path, call.params.text, call.params.node));
      case "complete":
      case "hover":
      case "signature":
      case "definition":
      case "references":
      case "renameable":
        return read(language[call.method](call.params.path, call.params.text, call.params.node, call.params.offset));
      default:
        throw new Error(`the module does not answer ${call.method}`);
    }
  }
}

function after(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time));
}

function read<T>(json: string): T {
  return JSON.parse(json) as T;
}
