import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { text } from "../i18n/text";
import { LimitFields } from "./LimitFields";
import type { Plan } from "./useBudget";

type Agents = NonNullable<Plan["agents"]>;

const maxAgentId = 128;

interface AgentLimits {
  agents: Agents;
  readOnly: boolean;
  onChange: (agents: Agents) => void;
}

/** Agents with a limit of their own, in a calendar month. */
export function AgentLimits({ agents, readOnly, onChange }: AgentLimits) {
  const [added, setAdded] = useState("");
  const id = added.trim();
  const mayAdd = id !== "" && !Object.hasOwn(agents, id);
  const add = () => {
    onChange({ ...agents, [id]: { usd: null, tokens: null } });
    setAdded("");
  };

  return (
    <Stack gap="sm">
      {Object.entries(agents).map(([agent, value]) => (
        <LimitFields key={agent} label={agent} value={value} readOnly={readOnly} onChange={(changed) => onChange({ ...agents, [agent]: changed })}>
          {!readOnly && (
            <Button variant="default" aria-label={text("budget.removeAgent", { agent })} onClick={() => onChange(Object.fromEntries(Object.entries(agents).filter(([other]) => other !== agent)))}>
              {text("budget.remove")}
            </Button>
          )}
        </LimitFields>
      ))}
      {!readOnly && (
        <Group align="end">
          <TextInput
            label={text("budget.agent")}
            value={added}
            onChange={(event) => setAdded(event.currentTarget.value)}
            // Enter adds the agent, and does not yet save the plan.
            onKeyDown={(event) => { if (event.key === "Enter") { event.preventDefault(); if (mayAdd) add(); } }}
            maxLength={maxAgentId}
            w={230}
          />
          <Button variant="default" disabled={!mayAdd} onClick={add}>{text("budget.addAgent")}</Button>
        </Group>
      )}
    </Stack>
  );
}
