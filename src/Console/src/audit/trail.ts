import { api } from "../api/client";
import type { components } from "../api/schema";

type Head = components["schemas"]["AuditHeadRow"];

/** A project has one chain for each generation and partition: a position without its place in it. */
export function chainOf(position: string): string {
  return position.slice(0, position.lastIndexOf("."));
}

/** Of each chain the newest, in the order of the chains. */
export function newestOfChains(newestFirst: Head[]): Head[] {
  const chains = new Map<string, Head>();
  for (const head of newestFirst) {
    const chain = chainOf(head.position);
    if (!chains.has(chain)) chains.set(chain, head);
  }

  return [...chains.entries()].sort(([a], [b]) => a.localeCompare(b, undefined, { numeric: true })).map(([, head]) => head);
}

/** Asks for part after part until all is checked, or something is wrong. */
export async function checkTrail(scope: string | undefined, signal: AbortSignal) {
  const found = { rows: 0, heads: 0, unknownKeys: 0, fault: null as components["schemas"]["AuditFault"] | null };
  let from: string | undefined;
  do {
    const part = (await api.GET("/v1/platform/audit/verify", { params: { query: { from, scope } }, signal })).data!;
    found.rows += part.rows;
    found.heads += part.heads;
    found.unknownKeys += part.unknown_keys;
    found.fault = part.fault;
    from = part.next ?? undefined;
  } while (from && !found.fault);
  return found;
}
