import { api } from "../api/client";
import type { components, operations } from "../api/schema";
import type { Vocabulary } from "../i18n/words";

export type Act = components["schemas"]["AuditEventRow"];
export type ActFilter = Omit<NonNullable<operations["ListAuditActs"]["parameters"]["query"]>, "cursor" | "limit">;

/** What a person has asked for; an empty part asks for nothing. */
export interface Asked {
  actor: string;
  act: string;
  object: string;
  outcome: Vocabulary["auditOutcome"] | undefined;
  /** Of an input for date and time, which knows no zone but the browser's. */
  since: string;
  until: string;
  scope: Vocabulary["auditScope"];
}

export const nothingAsked: Asked = { actor: "", act: "", object: "", outcome: undefined, since: "", until: "", scope: "project" };

export function filterOf(asked: Asked): ActFilter {
  return {
    actor: asked.actor.trim() || undefined,
    act: asked.act.trim() || undefined,
    object_id: asked.object.trim() || undefined,
    outcome: asked.outcome,
    since: instantOf(asked.since),
    until: instantOf(asked.until),
    scope: asked.scope === "project" ? undefined : asked.scope,
  };
}

function instantOf(local: string): string | undefined {
  const time = new Date(local);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

export async function readActs(filter: ActFilter, cursor: string | undefined, limit: number, signal?: AbortSignal) {
  return (await api.GET("/v1/platform/audit/acts", { params: { query: { ...filter, cursor, limit } }, signal })).data!;
}
