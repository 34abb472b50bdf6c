/** What a person wrote and has not published, kept in the browser so that a reload loses nothing. */

import { openDB, type DBSchema, type IDBPDatabase } from "idb";

export interface Draft {
  key: string;
  text: string;
  savedAt: number;
}

/** A store of drafts by key, such as `pipe:visits`. */
export interface Drafts {
  get(key: string): Promise<string | undefined>;
  set(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
  keys(): Promise<string[]>;
}

interface Schema extends DBSchema {
  drafts: { key: string; value: Draft };
}

export class SavedDrafts implements Drafts {
  #database: Promise<IDBPDatabase<Schema>>;

  constructor(name = "kinglet-app") {
    this.#database = openDB<Schema>(name, 1, {
      upgrade: (database) => void database.createObjectStore("drafts", { keyPath: "key" }),
    });
  }

  async get(key: string): Promise<string | undefined> {
    return (await (await this.#database).get("drafts", key))?.text;
  }

  async set(key: string, text: string): Promise<void> {
    await (await this.#database).put("drafts", { key, text, savedAt: Date.now() });
  }

  async remove(key: string): Promise<void> {
    await (await this.#database).delete("drafts", key);
  }

  async keys(): Promise<string[]> {
    return (await this.#database).getAllKeys("drafts");
  }
}

/** For workspaces that end with the tab, and for browsers that refuse a database. */
export class MemoryDrafts implements Drafts {
  #texts = new Map<string, string>();

  async get(key: string): Promise<string | undefined> {
    return this.#texts.get(key);
  }

  async set(key: string, text: string): Promise<void> {
    this.#texts.set(key, text);
  }

  async remove(key: string): Promise<void> {
    this.#texts.delete(key);
  }

  async keys(): Promise<string[]> {
    return [...this.#texts.keys()];
  }
}

/** Drafts in the database, or in memory when the browser refuses one. */
export class SafeDrafts implements Drafts {
  #store: Promise<Drafts>;

  constructor(saved: () => Drafts) {
    this.#store = (async () => {
      const store = saved();
      await store.keys();
      return store;
    })().catch(() => new MemoryDrafts());
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#store).get(key);
  }

  async set(key: string, text: string): Promise<void> {
    await (await this.#store).set(key, text);
  }

  async remove(key: string): Promise<void> {
    await (await this.#store).remove(key);
  }

  async keys(): Promise<string[]> {
    return (await this.#store).keys();
  }
}
