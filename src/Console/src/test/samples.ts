/** What the API answers, for tests that only need something real to show. */
export const me = { operator_id: "ada", key_id: "k1", auth_method: "api_key", default_project: "awoooi", roles: { awoooi: "approver" as const } };

export const plan = {
  playbook_id: "PB-20260101-AAAAAA",
  playbook_name: "Restart the shop",
  playbook_version: 2,
  effective_risk: "high",
  target: "prod/shop",
  trust_score: 0.3,
  plan_sha256: "ab".repeat(32),
  steps: [{ kind: "command", name: "Restart", program: "restart", arguments: ["shop"], rollback: { kind: "wait", name: "Wait", seconds: 3 } }],
};

export const notPaused = { project_id: "awoooi", all: null, project: null, playbooks: {} };

export const paused = { by: "bob", reason: "Moving the database", since: "2026-01-01T08:00:00+08:00" };
