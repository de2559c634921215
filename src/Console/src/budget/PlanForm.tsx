import { Button, Group, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { maxTextLength } from "../api/bounds";
import { text } from "../i18n/text";
import { AgentLimits } from "./AgentLimits";
import { LimitFields } from "./LimitFields";
import type { Plan } from "./useBudget";

const limits = ["month", "day", "agent_month", "incident", "run"] as const;

interface PlanForm {
  plan: Plan;
  readOnly: boolean;
  loading: boolean;
  onGiven: (plan: Plan, reason: string) => void;
}

/** All limits of a project, which are changed together and for a reason. An empty one does not bind. */
export function PlanForm({ plan, readOnly, loading, onGiven }: PlanForm) {
  const [draft, setDraft] = useState(plan);
  const [reason, setReason] = useState("");
  const isChanged = JSON.stringify(draft) !== JSON.stringify(plan);
  return (
    <Stack component="form" maw={560} onSubmit={(event) => { event.preventDefault(); onGiven(draft, reason.trim()); }}>
      {limits.map((limit) => (
        <LimitFields
          key={limit}
          label={text(`limit.${limit}`)}
          value={draft[limit] ?? {}}
          readOnly={readOnly}
          onChange={(value) => setDraft({ ...draft, [limit]: value })}
        />
      ))}
      <AgentLimits agents={draft.agents ?? {}} readOnly={readOnly} onChange={(agents) => setDraft({ ...draft, agents })} />
      {!readOnly && (
        <>
          <Textarea label={text("app.reason")} value={reason} onChange={(event) => setReason(event.currentTarget.value)} maxLength={maxTextLength} rows={2} required />
          <Group>
            <Button type="submit" loading={loading} disabled={!isChanged || reason.trim() === ""}>{text("budget.save")}</Button>
          </Group>
        </>
      )}
    </Stack>
  );
}
