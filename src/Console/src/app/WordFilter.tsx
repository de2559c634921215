import { Select } from "@mantine/core";
import type { TextKey } from "../i18n/en";
import { text } from "../i18n/text";
import { choices, type Vocabulary } from "../i18n/words";

interface WordFilter<Kind extends keyof Vocabulary> {
  label: TextKey;
  kind: Kind;
  value: Vocabulary[Kind] | undefined;
  onChange: (chosen: Vocabulary[Kind] | undefined) => void;
  w?: number;
}

/** One word of a kind to narrow a list by, or any. */
export function WordFilter<Kind extends keyof Vocabulary>({ label, kind, value, onChange, w = 170 }: WordFilter<Kind>) {
  return (
    <Select
      label={text(label)}
      placeholder={text("app.any")}
      data={choices(kind)}
      value={(value ?? null) as string | null}
      onChange={(chosen) => onChange((chosen ?? undefined) as Vocabulary[Kind] | undefined)}
      clearable
      w={w}
    />
  );
}
