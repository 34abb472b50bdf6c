/** A file from another host, fetched by the page because the person asked for it. */

const largestDownload = 500_000_000;

/** Fetches without cookies and referrer. Throws with a sentence when the host does not give the file. */
export async function fetchFile(address: string, name = nameOf(address)): Promise<File> {
  const { host, protocol } = new URL(address);
  if (!/^https?:$/.test(protocol)) throw new Error("Use an address that begins with https:// or http://.");
  let response: Response;
  try {
    response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
  } catch {
    throw new Error(
      `${host} did not give the file to this page. It may be unreachable, or it does not allow other sites to read it (CORS).`,
    );
  }
  if (!response.ok) throw new Error(`${host} answered with status ${response.status}.`);
  if (Number(response.headers.get("content-length") ?? 0) > largestDownload) {
    throw new Error(`The file at ${host} is larger than 500 MB. Download it and drop it here.`);
  }
  return new File([await response.blob()], name);
}

/** The last part of the path, which tells name and format. */
export function nameOf(address: string): string {
  const { pathname, host } = new URL(address);
  return decodeURIComponent(pathname.split("/").filter(Boolean).at(-1) ?? host);
}
