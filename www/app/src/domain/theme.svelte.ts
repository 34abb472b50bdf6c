/** Light or dark: what the system says, unless the person chose. */

export type ThemeChoice = "system" | "light" | "dark";
const storageKey = "kinglet-theme";

export class Theme {
  choice = $state<ThemeChoice>(stored());

  constructor() {
    this.#apply();
  }

  /** Goes on to the next choice: system, light, dark. */
  next(): void {
    const order: ThemeChoice[] = ["system", "light", "dark"];
    this.choice = order[(order.indexOf(this.choice) + 1) % order.length] ?? "system";
    try {
      localStorage.setItem(storageKey, this.choice);
    } catch {
      // The choice lasts as long as the page.
    }
    this.#apply();
  }

  #apply(): void {
    if (this.choice === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = this.choice;
  }
}

function stored(): ThemeChoice {
  try {
    const text = localStorage.getItem(storageKey);
    return text === "light" || text === "dark" ? text : "system";
  } catch {
    return "system";
  }
}
