import { Badge } from "@mantine/core";

const severityColors: Record<string, string> = { P0: "red", P1: "orange", P2: "yellow", P3: "blue" };

const statusColors: Record<string, string> = {
  investigating: "orange",
  mitigating: "blue",
  escalated: "red",
  resolved: "green",
  closed: "gray",
};

export function SeverityBadge({ severity }: { severity: string }) {
  return <Badge color={severityColors[severity] ?? "gray"} variant="filled" autoContrast>{severity}</Badge>;
}

export function StatusBadge({ status }: { status: string }) {
  return <Badge color={statusColors[status] ?? "gray"} variant="light" data-testid="status">{status}</Badge>;
}
