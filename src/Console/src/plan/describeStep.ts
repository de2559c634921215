import type { components } from "../api/schema";
import { text } from "../i18n/text";

export type Step = components["schemas"]["RepairStep"];

/** What a step does, whatever its kind: one line for the deed, and one for each thing that changes what it means. */
export function describeStep(step: Step): string {
  return [...deed(step), ...terms(step)].join("\n");
}

function deed(step: Step): string[] {
  switch (step.kind) {
    case "command":
      return [commandLine(step.program, step.arguments), ...(step.dry_run_arguments ? [text("step.dryRun", { command: commandLine(step.program, step.dry_run_arguments) })] : [])];
    case "http": {
      // The API's document leaves the type of this list open.
      const expected = (step.expected_status ?? []) as number[];
      return [
        `${step.method ?? "POST"} ${step.url}`,
        ...(step.body ? [text("step.body", { type: step.content_type ?? "application/json", body: step.body })] : []),
        ...(expected.length > 0 ? [text("step.expects", { status: expected.join(", ") })] : []),
      ];
    }
    case "wait":
      return [text("step.wait", { seconds: step.seconds })];
    case "verify":
      return [
        step.prom_ql ? text("step.until", { condition: step.prom_ql }) : text("step.untilAnswers", { url: step.url ?? "", status: step.expected_status ?? 200 }),
        text("step.tries", { seconds: step.interval_seconds ?? 2, count: step.consecutive ?? 1 }),
      ];
    case "model":
      return [text("step.ask", { agent: step.agent, prompt: step.prompt }), text("step.fallback", { answer: JSON.stringify(step.fallback) })];
    default:
      // A newer server may know more kinds; the name of one is better than nothing.
      return [(step as { kind: string }).kind];
  }
}

function terms(step: Step): string[] {
  return [
    ...(step.timeout_seconds && step.kind !== "wait" ? [text("step.timeout", { seconds: step.timeout_seconds })] : []),
    ...(step.idempotent ? [text("step.idempotent")] : []),
  ];
}

function commandLine(program: string, commandArguments: string[] | undefined): string {
  return [program, ...(commandArguments ?? [])].map(quote).join(" ");
}

/** Shows where an argument begins and ends: it reaches the program as one, whatever is in it. */
function quote(argument: string): string {
  return argument === "" || /[\s"']/.test(argument) ? JSON.stringify(argument) : argument;
}
