import { Badge } from "@mantine/core";
import { colon } from "../i18n/text";
import { word, type Vocabulary } from "../i18n/words";

/** The kinds of word that have a colour; each of their values has one. */
const colors = {
  severity: { P0: "red", P1: "orange", P2: "yellow", P3: "blue" },
  risk: { low: "green", medium: "yellow", high: "orange", critical: "red" },
  incidentStatus: { investigating: "orange", mitigating: "blue", escalated: "red", resolved: "green", closed: "gray" },
  approvalStatus: {
    pending: "orange",
    approved: "blue",
    rejected: "red",
    expired: "gray",
    cancelled: "gray",
    superseded: "gray",
    executing: "blue",
    executed: "green",
    failed: "red",
  },
  playbookStatus: { draft: "gray", approved: "blue", active: "green", archived: "gray" },
  runState: {
    pending: "gray",
    running: "blue",
    waiting_tool: "blue",
    waiting_approval: "orange",
    completed: "green",
    failed: "red",
    cancelled: "gray",
    timed_out: "red",
  },
  projectStatus: { active: "green", suspended: "orange" },
  siloState: { alive: "green", leaving: "blue", expired: "orange", dead: "red" },
  contractStatus: { draft: "gray", published: "orange", active: "green", deprecated: "yellow", retired: "gray" },
  auditOutcome: { done: "green", failed: "red", denied: "orange" },
  standing: { active: "green", inactive: "gray" },
  timelineStatus: { info: "blue", success: "green", warning: "orange", error: "red" },
  stepStatus: { started: "blue", succeeded: "green", failed: "red", timed_out: "red", interrupted: "orange" },
} satisfies { [Kind in keyof Vocabulary]?: Record<Vocabulary[Kind], string> };

interface WordBadge {
  kind: keyof typeof colors;
  value: string;
  label?: string;
  testId?: string;
}

/** The colour of a value, beside its word and never in its place. */
export function colorOf(kind: keyof typeof colors, value: string): string {
  return (colors[kind] as Record<string, string>)[value] ?? "gray";
}

/** A value of the API as a coloured word. */
export function WordBadge({ kind, value, label, testId }: WordBadge) {
  return (
    <Badge color={colorOf(kind, value)} variant="light" role={testId ? "status" : undefined} data-testid={testId} data-value={value}>
      {label && label + colon}{word(kind, value)}
    </Badge>
  );
}

export function SeverityBadge({ severity }: { severity: string }) {
  return <Badge color={colorOf("severity", severity)} variant="filled">{severity}</Badge>;
}
