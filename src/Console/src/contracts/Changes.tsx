import { Alert, Code, Loader, Stack, Table, Text, Title } from "@mantine/core";
import { api } from "../api/client";
import { useResource } from "../api/useResource";
import { text } from "../i18n/text";
import { type Vocabulary, word } from "../i18n/words";

interface Changes {
  kind: Vocabulary["contractKind"];
  name: string;
  from: number;
  to: number;
  /** Of the newer document: a draft that was revised is compared anew. */
  sha256: string;
}

/** How a version differs from the one before. */
export function Changes({ kind, name, from, to, sha256 }: Changes) {
  const difference = useResource(["contract", kind, name, "diff", from, to, sha256], async (signal) =>
    (await api.GET("/v1/platform/contracts/{kind}/{name}/diff", { params: { path: { kind, name }, query: { from, to } }, signal })).data!);

  const title = text("contract.compare", { number: from });
  return (
    <Stack gap={4} data-testid={`changes-${to}`}>
      <Title order={4} size="h5">{title}</Title>
      {difference.error && <Alert color="red" role="alert">{difference.error.message}</Alert>}
      {!difference.data && !difference.error && <Loader size="sm" aria-label={text("app.loading")} />}
      {difference.data?.changes.length === 0 && <Text size="sm" c="dimmed">{text("contract.same")}</Text>}
      {difference.data && difference.data.changes.length > 0 && (
        <Table aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text("contract.path")}</Table.Th>
              <Table.Th>{text("contract.before")}</Table.Th>
              <Table.Th>{text("contract.after")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {difference.data.changes.map((change) => (
              <Table.Tr key={change.path}>
                <Table.Td style={{ overflowWrap: "anywhere" }}><Code>{change.path}</Code> <Text span size="xs" c="dimmed">{word("jsonChange", change.kind)}</Text></Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{change.kind !== "added" && <Code>{JSON.stringify(change.before)}</Code>}</Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{change.kind !== "removed" && <Code>{JSON.stringify(change.after)}</Code>}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}
