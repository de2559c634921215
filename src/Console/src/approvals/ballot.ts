import type { components } from "../api/schema";
import type { TextKey } from "../i18n/en";
import { hasRole } from "../session/roles";

export type Choice = "approve" | "reject";

type Request = Pick<components["schemas"]["ApprovalDetail"], "project_id" | "requested_by" | "required_votes">;

interface Ballot {
  /** What this operator may vote. */
  choices: Choice[];
  /** Why it is not everything. */
  why?: TextKey;
}

/** The server decides who may vote; to know its rules here spares a person the refusal. */
export function ballotOf(me: components["schemas"]["Me"], request: Request, voters: string[]): Ballot {
  if (!hasRole(me, "approver", request.project_id)) return { choices: [], why: "approvals.notAnApprover" };
  if (voters.includes(me.operator_id)) return { choices: [], why: "approval.voted" };

  // Who asked may not be the only one to sign, and may always reject.
  if (request.requested_by === me.operator_id && request.required_votes <= 1) return { choices: ["reject"], why: "approval.ownRequest" };
  return { choices: ["approve", "reject"] };
}
