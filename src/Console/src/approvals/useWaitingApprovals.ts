import type { components } from "../api/schema";
import { mostRows } from "../api/bounds";
import { api } from "../api/client";
import { usePages } from "../api/usePages";
import { hasRole } from "../session/roles";
import { ballotOf } from "./ballot";

type Me = components["schemas"]["Me"];
type Row = components["schemas"]["ApprovalRow"];

/** The pending approvals of the project, and those among them that this operator's vote would bring on. */
export function useWaitingApprovals(me: Me) {
  const pending = usePages(["approval", "pending"], async (cursor, signal) =>
    (await api.GET("/v1/platform/approvals", { params: { query: { status: "pending", cursor, limit: mostRows } }, signal })).data!);
  return { ...pending, mayVote: hasRole(me, "approver"), rows: pending.rows.filter((approval) => waitsFor(me, approval)) };
}

function waitsFor(me: Me, approval: Row): boolean {
  const votes = Array.isArray(approval.approval_votes) ? (approval.approval_votes as { user_id: string }[]) : [];
  return ballotOf(me, approval, votes.map((vote) => vote.user_id)).choices.includes("approve");
}
