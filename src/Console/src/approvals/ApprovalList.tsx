import { Group, SegmentedControl, Table, Text } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { pageSize } from "../api/bounds";
import { api } from "../api/client";
import type { components } from "../api/schema";
import { usePages } from "../api/usePages";
import { Age } from "../app/Age";
import { WordBadge } from "../app/badges";
import { LinkedRow } from "../app/LinkedRow";
import { Listing } from "../app/Listing";
import { label, text } from "../i18n/text";
import { useWaitingApprovals } from "./useWaitingApprovals";

/** Requests for signatures: those that wait for this operator, or all. A row opens its incident, where the plan is and the vote is cast. */
export function ApprovalList({ me }: { me: components["schemas"]["Me"] }) {
  const navigate = useNavigate();
  const [shown, setShown] = useState("mine");
  const waiting = useWaitingApprovals(me);
  const all = usePages(["approval", "list"], async (cursor, signal) =>
    (await api.GET("/v1/platform/approvals", { params: { query: { cursor, limit: pageSize } }, signal })).data!);
  const empty = shown === "all" ? "approvals.empty" : waiting.mayVote ? "approvals.noneForMe" : "approvals.notAnApprover";

  return (
    <Listing
      title="approvals.title"
      empty={text(empty)}
      pages={shown === "all" ? all : waiting}
      filters={
        <SegmentedControl
          aria-label={text("approvals.title")}
          value={shown}
          onChange={setShown}
          data={[{ value: "mine", label: text("approvals.mine") }, { value: "all", label: text("approvals.all") }]}
        />
      }
      head={
        <>
          <Table.Th w={120}>{text("plan.risk")}</Table.Th>
          <Table.Th w={150} visibleFrom="sm">{text("incidents.status")}</Table.Th>
          <Table.Th>{text("approvals.action")}</Table.Th>
          <Table.Th visibleFrom="xs">{text("approval.votes")}</Table.Th>
          <Table.Th>{text("approvals.expires")}</Table.Th>
        </>
      }
      row={(approval) => (
        <LinkedRow
          key={approval.id}
          id={approval.id}
          open={() => { if (approval.incident_id) void navigate({ to: "/incidents/$incidentId", params: { incidentId: approval.incident_id } }); }}
        >
          <Table.Td><WordBadge kind="risk" value={approval.risk_level} /></Table.Td>
          <Table.Td visibleFrom="sm"><WordBadge kind="approvalStatus" value={approval.status} /></Table.Td>
          <Table.Td style={{ overflowWrap: "anywhere" }}>
            {approval.incident_id ? (
              <Link to="/incidents/$incidentId" params={{ incidentId: approval.incident_id }} style={{ color: "inherit", fontWeight: 600 }}>{approval.description}</Link>
            ) : (
              approval.description
            )}
            <Text size="xs" c="dimmed" ff="monospace">{approval.incident_id}</Text>
            <Group hiddenFrom="sm" gap="xs" mt={4}>
              <WordBadge kind="approvalStatus" value={approval.status} />
              <Text span size="xs" hiddenFrom="xs">{label("approval.votes")}{votesOf(approval)}</Text>
            </Group>
          </Table.Td>
          <Table.Td visibleFrom="xs">{votesOf(approval)}</Table.Td>
          <Table.Td>{approval.expires_at && <Age at={approval.expires_at} />}</Table.Td>
        </LinkedRow>
      )}
    />
  );
}

function votesOf({ current_signatures, required_votes }: components["schemas"]["ApprovalRow"]) {
  return `${current_signatures}/${required_votes}`;
}
