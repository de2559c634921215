import { Group, NumberInput } from "@mantine/core";
import type { ReactNode } from "react";
import type { components } from "../api/schema";
import { text } from "../i18n/text";

type Allowance = components["schemas"]["Allowance"];

const most = { usd: 999_999.9999, tokens: 1_000_000_000_000 } as const;
const decimals = { usd: 4, tokens: 0 } as const;

interface LimitFields {
  label: string;
  value: Allowance;
  readOnly: boolean;
  onChange: (value: Allowance) => void;
  /** Beside the fields. */
  children?: ReactNode;
}

/** One limit, in US dollars and in tokens. */
export function LimitFields({ label, value, readOnly, onChange, children }: LimitFields) {
  return (
    <Group align="end">
      {(["usd", "tokens"] as const).map((unit) => (
        <NumberInput
          key={unit}
          label={text(`limit.in.${unit}`, { limit: label })}
          placeholder={text("project.unbounded")}
          // What is being typed stays in the field: it may be no number yet.
          defaultValue={value[unit] ?? ""}
          onChange={(given) => onChange({ ...value, [unit]: amountOf(given) })}
          min={0}
          max={most[unit]}
          decimalScale={decimals[unit]}
          allowDecimal={unit === "usd"}
          allowNegative={false}
          thousandSeparator=","
          readOnly={readOnly}
          w={230}
        />
      ))}
      {children}
    </Group>
  );
}

/** A text such as "80." or "0.00" is a number all the same; nothing is no limit. */
function amountOf(given: number | string | bigint): number | null {
  const amount = given === "" ? Number.NaN : Number(given);
  return Number.isNaN(amount) ? null : amount;
}
