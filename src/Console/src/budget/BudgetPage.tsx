import { Alert, Loader, Stack, Text, Title } from "@mantine/core";
import { Section } from "../app/Section";
import { usePageTitle } from "../app/usePageTitle";
import { text } from "../i18n/text";
import { useOperator } from "../session/OperatorContext";
import { hasRole } from "../session/roles";
import { KillBanner } from "./KillBanner";
import { PeriodTable } from "./PeriodTable";
import { PlanForm } from "./PlanForm";
import { SpendTable } from "./SpendTable";
import { useBudget, useSetPlan } from "./useBudget";

/** What models may cost the project, what they have cost and where it went; its administrators change the limits here. */
export function BudgetPage() {
  usePageTitle(text("budget.title"));
  const mayChange = hasRole(useOperator(), "admin");
  const { data: budget, error } = useBudget();
  const setPlan = useSetPlan();
  return (
    <Stack gap="lg">
      <Title order={2}>{text("budget.title")}</Title>
      {error && <Alert color="red" role="alert" title={text("app.error")}>{error.message}</Alert>}
      {!budget && !error && <Loader aria-label={text("app.loading")} />}
      {budget && (
        <>
          {budget.kill && <KillBanner kill={budget.kill} />}
          <Section title={text("budget.now")}><PeriodTable periods={budget.periods} /></Section>
        </>
      )}
      <Section title={text("budget.spend")}><SpendTable /></Section>
      {budget && (
        <Section title={text("budget.plan")}>
          {budget.is_default && <Text size="sm" c="dimmed" data-testid="default-plan">{text("budget.default")}</Text>}
          {setPlan.error && <Alert color="red" role="alert">{setPlan.error.message}</Alert>}
          {/* Begun anew when the plan is another one, and not at each of the account's versions. */}
          <PlanForm
            key={JSON.stringify(budget.plan)}
            plan={budget.plan}
            readOnly={!mayChange}
            loading={setPlan.isPending}
            onGiven={(plan, reason) => setPlan.mutate({ shown: budget, plan, reason })}
          />
          {!mayChange && <Text size="sm" c="dimmed">{text("budget.needsAdmin")}</Text>}
        </Section>
      )}
    </Stack>
  );
}
