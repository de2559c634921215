import type { components } from "../api/schema";

export type Step = components["schemas"]["RepairStep"];

/** One line that says what a step does, whatever its kind. */
export function describeStep(step: Step): string {
  switch (step.kind) {
    case "command":
      return [step.program, ...(step.arguments ?? [])].map(quote).join(" ");
    case "http":
      return `${step.method ?? "POST"} ${step.url}`;
    case "wait":
      return `wait ${step.seconds} s`;
    case "verify":
      return step.prom_ql ? `until ${step.prom_ql}` : `until ${step.url} answers ${step.expected_status ?? 200}`;
    default:
      // A newer server may know more kinds; the name of one is better than nothing.
      return (step as { kind: string }).kind;
  }
}

/** Shows where an argument begins and ends: it reaches the program as one, whatever is in it. */
function quote(argument: string): string {
  return argument === "" || /[\s"']/.test(argument) ? JSON.stringify(argument) : argument;
}
