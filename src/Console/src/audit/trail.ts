import { api } from "../api/client";
import type { components } from "../api/schema";
import type { ActFilter } from "./acts";

type Head = components["schemas"]["AuditHeadRow"];

/** What the parts of a check found together. */
export interface TrailCheck {
  rows: number;
  heads: number;
  unknownKeys: number;
  fault: components["schemas"]["AuditFault"] | null;
  /** Where the log begins after a cut; null when it is whole. */
  logFrom: string | null;
  /** Acts among the rows that have left the log: they were checked by their chain and the signed heads only. */
  unlogged: number;
  /** Chains that are right as far as they go, and cannot go on. */
  held: components["schemas"]["HeldAuditChain"][];
}

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
export async function checkTrail(scope: ActFilter["scope"], signal: AbortSignal): Promise<TrailCheck> {
  const found: TrailCheck = { rows: 0, heads: 0, unknownKeys: 0, fault: null, logFrom: null, unlogged: 0, held: [] };
  let from: string | undefined;
  do {
    const part = (await api.GET("/v1/platform/audit/verify", { params: { query: { from, scope } }, signal })).data!;
    found.rows += part.rows;
    found.heads += part.heads;
    found.unknownKeys += part.unknown_keys;
    found.fault = part.fault;
    found.logFrom = part.log_from ?? null;
    found.unlogged += part.unlogged ?? 0;
    // Told with the last part.
    found.held = part.held ?? [];
    from = part.next ?? undefined;
  } while (from && !found.fault);
  return found;
}
