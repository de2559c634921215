import type { components } from "../api/schema";
import { wordsEn } from "./words.en";
import { wordsZhTW } from "./words.zh-TW";
import { locale } from "./locale";

type Schemas = components["schemas"];

/** What each kind of word can be, taken from the API's document where it lists them: a value that the server gains must be given its words here. */
export interface Vocabulary {
  incidentStatus: Exclude<Schemas["IncidentStatus"], "none">;
  approvalStatus: Exclude<Schemas["ApprovalStatus"], "none">;
  playbookStatus: Exclude<Schemas["PlaybookStatus"], "none">;
  runState: Exclude<Schemas["RunState"], "none">;
  stepStatus: Exclude<Schemas["StepStatus"], "none">;
  stepPhase: Exclude<Schemas["StepPhase"], "none">;
  stepKind: NonNullable<Schemas["RepairStep"]["kind"]>;
  severity: Exclude<Schemas["Severity"], "None">;
  risk: Exclude<Schemas["RiskLevel"], "none">;
  approvalLevel: Exclude<Schemas["ApprovalLevel"], "none">;
  autonomy: Exclude<Schemas["AutonomyLevel"], "None">;
  role: Exclude<Schemas["OperatorRole"], "none">;
  /** A project that is being taken out is shown to nobody. */
  projectStatus: Exclude<Schemas["ProjectStatus"], "none" | "removing">;
  siloState: "alive" | "leaving" | "expired" | "dead";
  consumerKind: "projection" | "reaction" | "subscription";
  choice: Exclude<Schemas["VoteChoice"], "none">;
  contractKind: Exclude<Schemas["ContractKind"], "none">;
  contractStatus: Exclude<Schemas["ContractStatus"], "none">;
  budgetPeriod: Exclude<Schemas["BudgetPeriod"], "none">;
  spendBy: Exclude<Schemas["SpendBy"], "none">;
  auditOutcome: Exclude<Schemas["AuditOutcome"], "none">;
  auditScope: "project" | "operators" | "everything" | "projects";
  standing: Exclude<Schemas["Standing"], "none">;
  timelineStatus: "info" | "success" | "warning" | "error";
  jsonChange: Exclude<Schemas["JsonChangeKind"], "none">;
}

export type Words = { [Kind in keyof Vocabulary]: Record<Vocabulary[Kind], string> };

const words: Words = locale === "zh-TW" ? wordsZhTW : wordsEn;

/** The word for a value of the API. A newer server may know more values; the value itself is better than nothing. */
export function word(kind: keyof Vocabulary, value: string): string {
  return (words[kind] as Record<string, string>)[value] ?? value;
}

/** Every value of a kind with its word, as a choice to filter by. */
export function choices(kind: keyof Vocabulary): { value: string; label: string }[] {
  return Object.entries(words[kind]).map(([value, label]) => ({ value, label }));
}
