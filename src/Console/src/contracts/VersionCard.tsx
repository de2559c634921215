import { Alert, Card, Code, Group, List, Stack, Text } from "@mantine/core";
import type { components } from "../api/schema";
import { WordBadge } from "../app/badges";
import { Section } from "../app/Section";
import { showTime } from "../app/time";
import { label, text } from "../i18n/text";
import type { Vocabulary } from "../i18n/words";
import { Changes } from "./Changes";
import { VersionActions } from "./VersionActions";

interface VersionCard {
  kind: Vocabulary["contractKind"];
  name: string;
  etag: string | undefined;
  version: components["schemas"]["ContractVersionDetail"];
  /** The version that it is compared with; none for the first. */
  before: number | undefined;
}

/** One version. What is signed is the document that stands here: its hash goes with the signature. */
export function VersionCard({ kind, name, etag, version, before }: VersionCard) {
  const title = `${text("contract.version")} ${version.version}`;
  return (
    <Card withBorder data-testid={`version-${version.version}`}>
      <Section title={title}>
        <Group justify="space-between">
          <WordBadge kind="contractStatus" value={version.status} testId={`status-${version.version}`} />
          <VersionActions kind={kind} name={name} etag={etag} version={version} />
        </Group>
        {version.unusable && <Alert color="red" role="alert">{text("contract.unusable", { code: version.unusable })}</Alert>}
        {version.faults.length > 0 && (
          <Alert color="orange" role="note" title={text("contract.faults")}>
            <List size="sm">{version.faults.map((fault) => <List.Item key={fault.field + fault.code}><Code>{fault.field}</Code> {fault.message}</List.Item>)}</List>
          </Alert>
        )}
        <Text size="sm">
          {label("contract.draftedBy")}{version.drafted_by}, {showTime(version.drafted_at)}
          {version.published_by && version.published_at && <> · {label("contract.publishedBy")}{version.published_by}, {showTime(version.published_at)} · <Code>{version.key_id}</Code></>}
        </Text>
        {version.signatures_needed !== null && version.status !== "draft" && (
          <Stack gap={0}>
            <Text size="sm">{label("contract.signatures")}{version.signatures.length}/{version.signatures_needed}</Text>
            {version.signatures.map((signature) => (
              <Text key={signature.signature_id} size="sm">{text("contract.signedBy", { signer: signature.signer, time: showTime(signature.signed_at) })}</Text>
            ))}
          </Stack>
        )}
        {before !== undefined && <Changes kind={kind} name={name} from={before} to={version.version} sha256={version.document_sha256} />}
        <details open={version.status === "draft" || version.status === "published"}>
          <summary>{text("contract.document")}</summary>
          <Code block mt="xs">{JSON.stringify(version.document, null, 2)}</Code>
        </details>
        <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>{label("contract.sha256")}<Text span ff="monospace" inherit>{version.document_sha256}</Text></Text>
      </Section>
    </Card>
  );
}
