import { Group } from "@mantine/core";
import { PageLink } from "../app/PageLink";
import { text } from "../i18n/text";

const here = { style: { fontWeight: 700 } };

/** From the contracts to whom and what they have put in force, and back. */
export function ContractTabs() {
  return (
    <Group component="nav" aria-label={text("contracts.title")} gap="md">
      <PageLink to="/contracts" size="sm" activeOptions={{ exact: true }} activeProps={here}>{text("contract.back")}</PageLink>
      <PageLink to="/contracts/agents" size="sm" activeProps={here}>{text("agents.title")}</PageLink>
      <PageLink to="/contracts/policies" size="sm" activeProps={here}>{text("policies.title")}</PageLink>
    </Group>
  );
}
