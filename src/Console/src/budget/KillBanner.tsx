import { Alert } from "@mantine/core";
import type { components } from "../api/schema";
import { showTime } from "../app/time";
import { text } from "../i18n/text";
import { word } from "../i18n/words";

/** Nobody should wonder why no model answers. */
export function KillBanner({ kill }: { kill: components["schemas"]["BudgetKill"] }) {
  return (
    <Alert color="red" role="status" title={text("budget.killed", { period: word("budgetPeriod", kill.period) })} data-testid="killed">
      {text("budget.killedUntil", { since: showTime(kill.since), until: showTime(kill.until) })}
    </Alert>
  );
}
