import { Alert, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import type { components } from "../api/schema";
import { ConfirmButton } from "../app/ConfirmButton";
import { ReasonButton } from "../app/ReasonButton";
import { text } from "../i18n/text";
import type { Vocabulary } from "../i18n/words";
import { ForRole } from "../session/ForRole";
import { useOperator } from "../session/OperatorContext";
import { newSignatureId, obstacleTo } from "./signing";

type Version = components["schemas"]["ContractVersionDetail"];
type Action = { name: "publish" | "sign" } | { name: "deprecate" | "retire"; reason?: string };

interface VersionActions {
  kind: Vocabulary["contractKind"];
  name: string;
  etag: string | undefined;
  version: Version;
}

/** What may be done with a version: publishing and signing ask once more, since neither is undone. */
export function VersionActions({ kind, name, etag, version }: VersionActions) {
  const me = useOperator();
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: (action: Action) => perform(kind, name, version, etag, action),
    onSettled: () => queries.invalidateQueries(),
  });

  const offers = (action: Action["name"]) => version.available_actions.includes(action);
  const obstacle = offers("sign") ? obstacleTo(me.operator_id, version) : undefined;
  const facts = { number: version.version, contract: `${kind}/${name}` };
  return (
    <Stack gap={4} align="end">
      <Group gap="xs">
        {offers("sign") && !obstacle && (
          <ForRole role="approver">
            <ConfirmButton label={text("action.sign")} loading={act.isPending} onConfirmed={() => act.mutate({ name: "sign" })}>
              <Text>{text("contract.confirmSign", facts)}</Text>
              <Text size="sm" ff="monospace" style={{ overflowWrap: "anywhere" }}>{version.document_sha256}</Text>
            </ConfirmButton>
          </ForRole>
        )}
        {(["publish", "deprecate", "retire"] as const).some(offers) && (
          <ForRole role="admin">
            {offers("publish") && (
              <ConfirmButton label={text("action.publish")} loading={act.isPending} onConfirmed={() => act.mutate({ name: "publish" })}>
                <Text>{text("contract.confirmPublish", facts)}</Text>
                <Text size="sm" ff="monospace" style={{ overflowWrap: "anywhere" }}>{version.document_sha256}</Text>
              </ConfirmButton>
            )}
            {(["deprecate", "retire"] as const).filter(offers).map((action) => (
              <ReasonButton key={action} label={text(`action.${action}`)} loading={act.isPending} onGiven={(reason) => act.mutate({ name: action, reason: reason || undefined })} />
            ))}
          </ForRole>
        )}
      </Group>
      {obstacle && <Text size="sm" c="dimmed">{text(obstacle)}</Text>}
      {act.error && <Alert color="red" role="alert">{act.error.message}</Alert>}
    </Stack>
  );
}

async function perform(kind: Vocabulary["contractKind"], name: string, version: Version, etag: string | undefined, action: Action) {
  const params = { path: { kind, name, version: version.version } };
  const headers = etag ? { "If-Match": etag } : undefined;
  switch (action.name) {
    case "publish":
      return api.POST("/v1/platform/contracts/{kind}/{name}/versions/{version}/publish", { params, headers, body: { document_sha256: version.document_sha256 } });
    case "sign":
      // The hash is that of the document on the screen. Two may sign at the same time, so the version of the contract is not held against it.
      return api.POST("/v1/platform/contracts/{kind}/{name}/versions/{version}/sign", {
        params,
        body: { document_sha256: version.document_sha256, signature_id: newSignatureId() },
      });
    case "deprecate":
      return api.POST("/v1/platform/contracts/{kind}/{name}/versions/{version}/deprecate", { params, headers, body: { reason: action.reason } });
    case "retire":
      return api.POST("/v1/platform/contracts/{kind}/{name}/versions/{version}/retire", { params, headers, body: { reason: action.reason } });
  }
}
