import { Alert, Code, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { api } from "../api/client";
import { useResource } from "../api/useResource";
import { PageLink } from "../app/PageLink";
import { usePageTitle } from "../app/usePageTitle";
import { text } from "../i18n/text";
import { type Vocabulary, word } from "../i18n/words";
import { VersionCard } from "./VersionCard";

/** One contract: each version that is not retired, what it says, what it changes, and what may be done with it. */
export function ContractPage({ kind, name }: { kind: Vocabulary["contractKind"]; name: string }) {
  const contract = useResource(["contract", kind, name], async (signal) => {
    const { data, response } = await api.GET("/v1/platform/contracts/{kind}/{name}", { params: { path: { kind, name } }, signal });
    return { ...data!, etag: response.headers.get("etag") ?? undefined };
  });

  usePageTitle(contract.data?.contract_id);
  if (contract.error && !contract.data) return <Alert color="red" role="alert" title={text("app.error")}>{contract.error.message}</Alert>;
  if (!contract.data) return <Loader aria-label={text("app.loading")} />;
  const { versions, etag, contract_id } = contract.data;
  return (
    <Stack>
      <PageLink to="/contracts" size="sm">← {text("contract.back")}</PageLink>
      <Group>
        <Title order={2}>{name} <Text span size="sm" c="dimmed">{word("contractKind", kind)}</Text></Title>
        <Code>{contract_id}</Code>
      </Group>
      <Text size="sm" c="dimmed" data-testid="binds">{text(kind === "agent" ? "contract.binds" : "contract.bindsNothing")}</Text>
      {versions.length === 0 && <Text c="dimmed">{text("contract.empty")}</Text>}
      {versions.toReversed().map((version) => (
        <VersionCard
          key={version.version}
          kind={kind}
          name={name}
          etag={etag}
          version={version}
          before={versions.findLast((other) => other.version < version.version)?.version}
        />
      ))}
    </Stack>
  );
}
