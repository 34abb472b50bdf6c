/** Colours, squiggles and folds from the language module, renewed shortly after each change of the text. */

import { foldService } from "@codemirror/language";
import { setDiagnostics, type Diagnostic as Mark } from "@codemirror/lint";
import { Prec, StateEffect, StateField, type ChangeDesc, type EditorState, type Extension } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { tokenKinds, type Diagnostic, type Section, type TextRange, type Tokens } from "kinglet";

import type { Problem } from "../../../domain/query/editor-problem";
import type { EditorProblem, LanguageHost } from "./host";

const styles = tokenKinds.map((kind) => Decoration.mark({ class: `tok-${kind}` }));

const setTokens = StateEffect.define<DecorationSet>();
const setFolds = StateEffect.define<TextRange[]>();
const setFindings = StateEffect.define<Mark[]>();
/** The failure of the last run, which the engine found. */
export const setFailure = StateEffect.define<Mark[]>();
/** Names elsewhere changed: look again. */
const lookAgain = StateEffect.define<null>();

const tokenField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(tokens, transaction) {
    for (const effect of transaction.effects) if (effect.is(setTokens)) return effect.value;
    return tokens.map(transaction.changes);
  },
  provide: (field) => Prec.highest(EditorView.decorations.from(field)),
});

const foldField = StateField.define<TextRange[]>({
  create: () => [],
  update(folds, transaction) {
    for (const effect of transaction.effects) if (effect.is(setFolds)) return effect.value;
    if (!transaction.docChanged) return folds;
    return folds.map(({ from, to }) => ({ from: transaction.changes.mapPos(from), to: transaction.changes.mapPos(to) }));
  },
});

function marksField(effectType: typeof setFindings): StateField<Mark[]> {
  return StateField.define<Mark[]>({
    create: () => [],
    update(marks, transaction) {
      for (const effect of transaction.effects) if (effect.is(effectType)) return effect.value;
      return transaction.docChanged ? marks.map((mark) => moved(mark, transaction.changes)) : marks;
    },
  });
}

const findingField = marksField(setFindings);
const failureField = marksField(setFailure);

function moved(mark: Mark, changes: ChangeDesc): Mark {
  const from = changes.mapPos(mark.from, 1);
  return { ...mark, from, to: Math.max(from, changes.mapPos(mark.to, -1)) };
}

/** How long after a key press the text is looked at, in milliseconds. */
const pause = 150;

export function analysis(host: LanguageHost): Extension {
  const plugin = ViewPlugin.define((view) => new Analysis(view, host));
  const folds = foldService.of((state, from, to) => {
    const found = state.field(foldField).find((fold) => fold.from >= from && fold.from <= to);
    return found && found.to > to ? found : null;
  });
  return [tokenField, foldField, findingField, failureField, plugin, folds];
}

/** Tells an editor that what it checks against has changed. */
export function refresh(view: EditorView): void {
  view.dispatch({ effects: lookAgain.of(null) });
}

/** Whether an update brought other folds, which the gutter must show. */
export function foldsChanged(update: ViewUpdate): boolean {
  return update.startState.field(foldField) !== update.state.field(foldField);
}

/** Shows the failure of a run at its place, or takes it away. */
export function showFailure(view: EditorView, problem: Problem | undefined): void {
  const length = view.state.doc.length;
  const place = problem?.place;
  const from = Math.min(place?.offset ?? 0, length);
  const to = Math.min(from + (place?.length ?? 0), length);
  const marks: Mark[] =
    problem && place ? [{ from, to, severity: "error", message: `${problem.label}\n${problem.message}` }] : [];
  view.dispatch({ effects: setFailure.of(marks) });
}

class Analysis {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(
    private readonly view: EditorView,
    private readonly host: LanguageHost,
  ) {
    void this.#look();
  }

  update(update: ViewUpdate): void {
    const effects = update.transactions.flatMap((transaction) => transaction.effects);
    if (update.docChanged || effects.some((effect) => effect.is(lookAgain))) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#look(), pause);
    }
    if (effects.some((effect) => effect.is(setFailure) || effect.is(setFindings))) {
      queueMicrotask(() => this.#show());
    }
  }

  destroy(): void {
    this.#turn = -1;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const turn = (this.#turn += 1);
    const { doc } = this.view.state;
    const source = this.host.source(doc.toString());
    const found = await this.host.language.ask(async (client) => {
      const answers = [client.tokens(source), client.diagnostics(source), client.sections(source)] as const;
      return Promise.all(answers);
    });
    if (!found || this.#turn !== turn || this.view.state.doc !== doc) return;
    const [tokens, findings, sections] = found;
    this.view.dispatch({
      effects: [
        setTokens.of(decorate(tokens, doc.length)),
        setFindings.of(findings.map((finding) => markOf(finding, doc.length))),
        setFolds.of(foldsOf(sections, doc.length)),
      ],
    });
  }

  #show(): void {
    if (this.#turn < 0) return;
    const { state } = this.view;
    const marks = marksIn(state);
    this.view.dispatch(setDiagnostics(state, marks));
    this.host.onproblems(state.field(findingField).map((mark) => problemOf(mark, state)));
  }
}

/** What the module found and what the engine said, once where both mean the same place. */
function marksIn(state: EditorState): Mark[] {
  const failures = state.field(failureField);
  const same = (mark: Mark): boolean => failures.some((failure) => failure.from === mark.from);
  const findings = state.field(findingField).filter((mark) => mark.severity !== "error" || !same(mark));
  return [...failures, ...findings].sort((a, b) => a.from - b.from);
}

interface Finding extends Mark {
  hint?: string;
}

function markOf({ from, to, severity, message, hint }: Diagnostic, length: number): Finding {
  const start = Math.min(from, length);
  const mark: Finding = { from: start, to: Math.min(Math.max(to, start), length), severity, message };
  if (hint) {
    mark.hint = hint;
    mark.renderMessage = () => withHint(message, hint);
  }
  return mark;
}

function withHint(message: string, hint: string): Node {
  const box = document.createElement("span");
  const advice = document.createElement("span");
  advice.className = "cm-hint";
  advice.textContent = hint;
  box.append(message, advice);
  return box;
}

function problemOf(mark: Finding, state: EditorState): EditorProblem {
  const { from, message, hint = "" } = mark;
  const severity = mark.severity === "hint" ? "info" : mark.severity;
  return { severity, message, hint, from, line: state.doc.lineAt(Math.min(from, state.doc.length)).number };
}

function decorate(tokens: Tokens, length: number): DecorationSet {
  const marks = [];
  for (let at = 0; at + 2 < tokens.length; at += 3) {
    const [from = 0, to = 0, kind = 0] = tokens.subarray(at, at + 3);
    const style = styles[kind];
    if (style && from < to && to <= length) marks.push(style.range(from, to));
  }
  return Decoration.set(marks);
}

function foldsOf(sections: Section[], length: number): TextRange[] {
  return sections.flatMap(({ fold }) => (fold && fold.from < fold.to && fold.to <= length ? [fold] : []));
}
