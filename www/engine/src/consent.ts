/** Asking the person before a request leaves for another host. */

/** A host that the person allowed. */
export interface AllowedHost {
  /** Name, with the port where it is not the usual one. */
  host: string;
  allowed_at: string;
}

/** The body of a 403 that only the person can turn into another answer. */
export interface HostRefusal {
  error: string;
  code: "host_not_allowed";
  /** The host to ask for; `Kinglet.allowHost` keeps the person's yes. */
  host: string;
}

/** The refusal that `answer` is, if it is one. Leaves the answer's body to be read. */
export async function hostRefused(answer: Response): Promise<HostRefusal | undefined> {
  if (answer.status !== 403) return undefined;
  const body: unknown = await answer.clone().json().catch(() => undefined);
  const refusal = body as Partial<HostRefusal> | null | undefined;
  return refusal?.code === "host_not_allowed" ? (refusal as HostRefusal) : undefined;
}
