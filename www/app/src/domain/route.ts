/** Addresses of the app's pages. They live behind `#/`, so that any static host can serve them. */

export type Route =
  | { page: "start" }
  | { page: "data"; name: string; tab: DataTab }
  | { page: "pipe"; name: string }
  | { page: "endpoint"; name: string }
  | { page: "query" }
  | { page: "project"; file?: string }
  /** A project that was dropped and is not built yet. */
  | { page: "open"; file?: string }
  | { page: "flow" }
  | { page: "tokens" }
  | { page: "shared"; code: string }
  | { page: "missing"; address: string };

export const dataTabs = ["preview", "schema", "datafile", "send"] as const;
export type DataTab = (typeof dataTabs)[number];

/** Reads `location.hash`, with or without its `#`. */
export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#/, "");
  if (/^p\d+\./.test(text)) return { page: "shared", code: text };
  const parts = text.split("/").filter((part) => part !== "");
  const [page, rawName, tab] = parts;
  const name = rawName === undefined ? undefined : decode(rawName);
  if (page === undefined) return { page: "start" };
  if (page === "query" || page === "tokens" || page === "flow") return { page };
  if (page === "project" || page === "open") return name ? { page, file: decode(parts.slice(1).join("/")) } : { page };
  if (page === "data" && name) return { page, name, tab: dataTab(tab) };
  if (page === "pipes" && name) return { page: tab === "endpoint" ? "endpoint" : "pipe", name };
  return { page: "missing", address: text };
}

/** The hash of a page, with its `#`. */
export function formatRoute(route: Route): string {
  switch (route.page) {
    case "start":
      return "#/";
    case "data":
      return `#/data/${encodeURIComponent(route.name)}${route.tab === "preview" ? "" : `/${route.tab}`}`;
    case "pipe":
      return `#/pipes/${encodeURIComponent(route.name)}`;
    case "endpoint":
      return `#/pipes/${encodeURIComponent(route.name)}/endpoint`;
    case "project":
    case "open":
      return `#/${[route.page, ...(route.file?.split("/") ?? [])].map(encodeURIComponent).join("/")}`;
    case "shared":
      return `#${route.code}`;
    case "missing":
      return `#${route.address}`;
    default:
      return `#/${route.page}`;
  }
}

function dataTab(text: string | undefined): DataTab {
  return dataTabs.find((tab) => tab === text) ?? "preview";
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
