/** Questions to the person before a request leaves for another host, one at a time. */

export interface HostQuestion {
  host: string;
  answer: (allowed: boolean) => void;
}

export class Consent {
  /** The question that waits for an answer. */
  question = $state.raw<HostQuestion>();
  #last: Promise<unknown> = Promise.resolve();

  /** Asks, and resolves with the person's answer. */
  ask(host: string): Promise<boolean> {
    const asked = this.#last.then(() => this.#put(host));
    this.#last = asked;
    return asked;
  }

  #put(host: string): Promise<boolean> {
    return new Promise((resolve) => {
      this.question = {
        host,
        answer: (allowed) => {
          this.question = undefined;
          resolve(allowed);
        },
      };
    });
  }
}
