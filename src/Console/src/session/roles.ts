import type { components } from "../api/schema";

type Me = components["schemas"]["Me"];
type Role = components["schemas"]["OperatorRole"];

/** From the least to the most; each includes the ones before it. */
const order: Role[] = ["none", "viewer", "operator", "approver", "admin"];

/** Whether the operator has at least this role; in the project that the console shows, the operator's default, when none is named. */
export function hasRole(me: Me, role: Role, project: string = me.default_project): boolean {
  const held = [me.roles[project], me.roles["*"]].map((one) => order.indexOf(one ?? "none"));
  return Math.max(...held) >= order.indexOf(role);
}
