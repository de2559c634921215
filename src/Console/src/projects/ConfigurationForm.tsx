import { Button, Group, NumberInput, Stack, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import type { components } from "../api/schema";
import { Section } from "../app/Section";
import { text } from "../i18n/text";

type Configuration = components["schemas"]["ProjectConfiguration"];

const maxName = 100;
const quotas = {
  alerts_per_minute: [100, 10_000_000],
  requests_per_minute: [60, 10_000_000],
  event_streams: [1, 100_000],
  active_runs: [1, 10_000],
  active_playbooks: [1, 10_000],
} as const;
const flags = ["suggest_mode", "mute_notifications"] as const;

interface ConfigurationForm {
  configuration: Configuration;
  readOnly: boolean;
  loading: boolean;
  onGiven: (configuration: Configuration) => void;
}

/** A project's configuration as a whole. An empty quota does not bind. */
export function ConfigurationForm({ configuration, readOnly, loading, onGiven }: ConfigurationForm) {
  const [draft, setDraft] = useState(configuration);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(configuration);
  return (
    <Stack component="form" maw={480} onSubmit={(event) => { event.preventDefault(); onGiven(draft); }}>
      <TextInput
        label={text("playbooks.name")}
        value={draft.name}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        maxLength={maxName}
        required
        readOnly={readOnly}
      />
      <Section title={text("project.quotas")}>
        {(Object.keys(quotas) as (keyof typeof quotas)[]).map((quota) => (
          <NumberInput
            key={quota}
            label={text(`quota.${quota}`)}
            placeholder={text("project.unbounded")}
            value={draft.quotas?.[quota] ?? ""}
            onChange={(value) => setDraft({ ...draft, quotas: { ...draft.quotas, [quota]: typeof value === "number" ? value : null } })}
            min={quotas[quota][0]}
            max={quotas[quota][1]}
            allowDecimal={false}
            allowNegative={false}
            thousandSeparator=","
            readOnly={readOnly}
          />
        ))}
      </Section>
      <Section title={text("project.flags")}>
        {flags.map((flag) => (
          <Switch
            key={flag}
            label={text(`flag.${flag}`)}
            checked={draft.feature_flags?.[flag] ?? false}
            onChange={(event) => setDraft({ ...draft, feature_flags: { ...draft.feature_flags, [flag]: event.currentTarget.checked } })}
            disabled={readOnly}
          />
        ))}
      </Section>
      {!readOnly && (
        <Group>
          <Button type="submit" loading={loading} disabled={!isChanged || draft.name.trim() === ""}>{text("project.save")}</Button>
        </Group>
      )}
    </Stack>
  );
}
