import { Alert, Badge, Button, Group, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import { pageSize } from "../api/bounds";
import { api } from "../api/client";
import type { components } from "../api/schema";
import { usePages } from "../api/usePages";
import { Age } from "../app/Age";
import { Listing } from "../app/Listing";
import { ReasonButton } from "../app/ReasonButton";
import { showTime } from "../app/time";
import { label, text } from "../i18n/text";
import { word } from "../i18n/words";
import { IssueKey } from "./IssueKey";
import { NewSecret } from "./NewSecret";
import { useKeyActions } from "./useKeyActions";

type Schemas = components["schemas"];

/** The keys of the project, for its administrators: who has one, when it was used, and the way to give and take one. The own key alone can be renewed. */
export function KeyList({ me }: { me: Schemas["Me"] }) {
  const keys = usePages(["operator_key", "list"], async (cursor, signal) =>
    (await api.GET("/v1/platform/operators/keys", { params: { query: { cursor, limit: pageSize } }, signal })).data!);
  const { issue, rotate, revoke } = useKeyActions();
  const [issued, setIssued] = useState<Schemas["IssuedKey"]>();
  const fault = issue.error ?? rotate.error ?? revoke.error;

  return (
    <Stack>
      {fault && <Alert color="red" role="alert" title={text("app.error")}>{fault.message}</Alert>}
      <Listing
        title="keys.title"
        empty={text("keys.empty")}
        pages={keys}
        filters={<IssueKey project={me.default_project} loading={issue.isPending} onAsked={(request) => issue.mutate(request, { onSuccess: setIssued })} />}
        head={
          <>
            <Table.Th>{text("keys.operator")}</Table.Th>
            <Table.Th visibleFrom="xs">{text("keys.roles")}</Table.Th>
            <Table.Th visibleFrom="sm">{text("keys.used")}</Table.Th>
            <Table.Th visibleFrom="sm">{text("keys.ends")}</Table.Th>
            <Table.Th w={200} aria-label={text("keys.manage")} />
          </>
        }
        row={(key) => (
          <Table.Tr key={key.key_id} data-testid={key.key_id}>
            <Table.Td style={{ overflowWrap: "anywhere" }}>
              <Text size="sm" fw={600}>{key.operator_id}</Text>
              <Text size="xs" c="dimmed" ff="monospace">{key.key_id}</Text>
              <Text size="xs" c="dimmed">{text("keys.issuedBy", { by: key.issued_by })}</Text>
              <Text size="xs" hiddenFrom="xs">{showRoles(key.roles)}</Text>
              <Text size="xs" hiddenFrom="sm">{!key.revoked_at && label("keys.ends")}{showEnd(key)}</Text>
              {key.scope && <Badge size="xs" variant="light">{text("keys.intakeOnly")}</Badge>}
            </Table.Td>
            <Table.Td visibleFrom="xs">{showRoles(key.roles)}</Table.Td>
            <Table.Td visibleFrom="sm">{key.last_used_at ? <Age at={key.last_used_at} /> : text("keys.neverUsed")}</Table.Td>
            <Table.Td visibleFrom="sm">{showEnd(key)}</Table.Td>
            <Table.Td>
              {!key.revoked_at && (
                <Group gap="xs" justify="flex-end">
                  {key.key_id === me.key_id && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      loading={rotate.isPending && rotate.variables === key.key_id}
                      onClick={() => rotate.mutate(key.key_id, { onSuccess: setIssued })}
                    >
                      {text("keys.rotate")}
                    </Button>
                  )}
                  <ReasonButton
                    label={text("keys.revoke")}
                    loading={revoke.isPending && revoke.variables.keyId === key.key_id}
                    onGiven={(reason) => revoke.mutate({ keyId: key.key_id, reason })}
                  />
                </Group>
              )}
            </Table.Td>
          </Table.Tr>
        )}
      />
      {issued && <NewSecret issued={issued} onClose={() => setIssued(undefined)} />}
    </Stack>
  );
}

/** Roles in the project and, with a star, in every project. */
function showRoles(roles: Schemas["OperatorKeyRow"]["roles"]): string {
  return Object.entries(roles).map(([project, role]) => `${project}: ${word("role", role)}`).join(", ");
}

/** When it ends, or how it has ended. */
function showEnd({ expires_at, revoked_at, revoked_by }: Schemas["OperatorKeyRow"]): string {
  if (revoked_at) return text("keys.revokedBy", { by: revoked_by ?? "", time: showTime(revoked_at) });
  return expires_at ? showTime(expires_at) : text("keys.neverEnds");
}
