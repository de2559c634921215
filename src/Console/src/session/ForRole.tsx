import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { text } from "../i18n/text";
import { word, type Vocabulary } from "../i18n/words";
import { useOperator } from "./OperatorContext";
import { hasRole } from "./roles";

interface ForRole {
  role: Vocabulary["role"];
  children: ReactNode;
}

/** What is done with a role is offered to those who have it; the others are told what it needs, and not by a refusal. */
export function ForRole({ role, children }: ForRole) {
  if (hasRole(useOperator(), role)) return children;
  return <Text size="sm" c="dimmed">{text("role.needed", { role: word("role", role) })}</Text>;
}
