/** Short notes about what just happened, shown in a corner and read aloud by screen readers. */

export interface Note {
  id: number;
  tone: "good" | "bad" | "plain";
  text: string;
}

export class Notes {
  list = $state<Note[]>([]);
  #next = 1;

  good(text: string): void {
    this.#add("good", text, 4000);
  }

  /** Something to know that is neither good nor bad. */
  say(text: string): void {
    this.#add("plain", text, 6000);
  }

  bad(text: string): void {
    this.#add("bad", text, 12_000);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((note) => note.id !== id);
  }

  #add(tone: Note["tone"], text: string, milliseconds: number): void {
    const id = this.#next++;
    this.list = [...this.list.slice(-3), { id, tone, text }];
    setTimeout(() => this.dismiss(id), milliseconds);
  }
}
