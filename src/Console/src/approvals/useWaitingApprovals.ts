import type { components } from "../api/schema";
import { api } from "../api/client";
import { usePages } from "../api/usePages";
import { hasRole } from "../session/roles";

type Me = components["schemas"]["Me"];
type Row = components["schemas"]["ApprovalRow"];

/** The pending approvals of the project, and those among them that this operator's vote would bring on. */
export function useWaitingApprovals(me: Me) {
  const pending = usePages(["approval", "pending"], async (cursor, signal) =>
    (await api.GET("/v1/platform/approvals", { params: { query: { status: "pending", cursor, limit: "200" } }, signal })).data!);
  const mayVote = hasRole(me, "approver");
  return { ...pending, mayVote, rows: mayVote ? pending.rows.filter((approval) => waitsFor(me.operator_id, approval)) : [] };
}

/** One person counts once, and who asked may not be the only one to sign. */
export function waitsFor(operatorId: string, approval: Pick<Row, "approval_votes" | "requested_by" | "required_votes">): boolean {
  const votes = Array.isArray(approval.approval_votes) ? (approval.approval_votes as { user_id?: string }[]) : [];
  const isSoleRequester = approval.requested_by === operatorId && approval.required_votes <= 1;
  return !isSoleRequester && !votes.some((vote) => vote.user_id === operatorId);
}
