import type { components } from "../api/schema";

type Step = components["schemas"]["RepairStep"];

/** One line that says what a step does, whatever its kind. */
export function describeStep(step: Step): string {
  switch (step.kind) {
    case "command":
      return [step.program, ...(step.arguments ?? [])].join(" ");
    case "http":
      return `${step.method ?? "POST"} ${step.url}`;
    case "wait":
      return `wait ${step.seconds} s`;
    case "verify":
      return step.prom_ql ? `until ${step.prom_ql}` : `until ${step.url} answers ${step.expected_status ?? 200}`;
  }
}
