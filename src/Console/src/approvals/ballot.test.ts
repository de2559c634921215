import { expect, test } from "vitest";
import { me } from "../test/samples";
import { ballotOf } from "./ballot";

const request = { project_id: "awoooi", requested_by: "platform", required_votes: 1 };

test("an approver votes once", () => {
  expect(ballotOf(me, request, ["bob"])).toEqual({ choices: ["approve", "reject"] });
  expect(ballotOf(me, request, ["bob", "ada"])).toEqual({ choices: [], why: "approval.voted" });
});

test("the role counts in the project of the request", () => {
  expect(ballotOf(me, { ...request, project_id: "other" }, [])).toEqual({ choices: [], why: "approvals.notAnApprover" });
  expect(ballotOf({ ...me, roles: { awoooi: "operator" } }, request, [])).toEqual({ choices: [], why: "approvals.notAnApprover" });
  expect(ballotOf({ ...me, roles: { "*": "admin" } }, request, []).choices).toHaveLength(2);
});

test("who asked may reject, and approves only beside another", () => {
  expect(ballotOf(me, { ...request, requested_by: "ada" }, [])).toEqual({ choices: ["reject"], why: "approval.ownRequest" });
  expect(ballotOf(me, { ...request, requested_by: "ada", required_votes: 2 }, [])).toEqual({ choices: ["approve", "reject"] });
});
