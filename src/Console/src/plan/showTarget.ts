/** Where a repair works, as `namespace/target`; a dash stands for a namespace that the alert does not name, and is not shown. */
export function showTarget(target: string): string {
  return target.replace(/^-\//, "");
}
