/** Names of resources: what is allowed, and how to make one from a file's name. */

const reserved = new Set(
  (
    "add after all and any array as asc between by case collate cross default desc distinct else end exists " +
    "from full global group having if ilike in inner insert interval into join left like limit limits " +
    "materialized not on or order outer prewhere right sample select then to totals union using where with " +
    "anti asof cube max min null semi tinybird system public main origin live snapshot"
  ).split(" "),
);

/** A sentence saying what is wrong with a name, or nothing when it can be used. */
export function nameProblem(name: string, taken: Iterable<string> = []): string | undefined {
  if (name === "") return "Give it a name.";
  if (!/^[A-Za-z_]/.test(name)) return "Start the name with a letter or an underscore.";
  if (!/^\w+$/.test(name)) return "Use letters, digits and underscores only.";
  if (name.length > 128) return "Use at most 128 characters.";
  if (reserved.has(name.toLowerCase())) return `“${name}” is a reserved word.`;
  for (const other of taken) if (other === name) return `“${name}” exists already.`;
  return undefined;
}

/** A valid name from arbitrary text such as `2024 Trips (final).csv.gz`. */
export function nameFrom(text: string): string {
  const stem = text.replace(/^.*[/\\]/, "").replace(/(\.\w{1,10}){1,2}$/, "");
  const name = stem
    .normalize("NFKD")
    .replace(/[^\w]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase();
  const safe = /^\d/.test(name) ? `t_${name}` : name;
  return safe === "" || reserved.has(safe) ? `${safe || "data"}_1` : safe.slice(0, 64);
}

/** The name itself, or with the first number that makes it free. */
export function freeName(name: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  if (!used.has(name)) return name;
  for (let number = 2; ; number += 1) {
    const candidate = `${name}_${number}`;
    if (!used.has(candidate)) return candidate;
  }
}
