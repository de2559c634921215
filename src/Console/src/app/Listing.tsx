import { Alert, Button, Group, Loader, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { Pages } from "../api/usePages";
import type { TextKey } from "../i18n/en";
import { text } from "../i18n/text";
import { usePageTitle } from "./usePageTitle";

interface Listing<Row> {
  title: TextKey;
  /** Said when there are no rows. */
  empty: string;
  filters?: ReactNode;
  /** The cells of the head. */
  head: ReactNode;
  pages: Pages<Row>;
  row: (row: Row) => ReactNode;
}

/** A page with one list: what went wrong or is missing is said in its place, older rows come on demand. */
export function Listing<Row>({ title, empty, filters, head, pages, row }: Listing<Row>) {
  usePageTitle(text(title));
  return (
    <Stack>
      <Group justify="space-between" align="end">
        <Title order={2}>{text(title)}</Title>
        <Group>{filters}</Group>
      </Group>
      {pages.error && <Alert color="red" role="alert" title={text("app.error")}>{pages.error.message}</Alert>}
      {pages.isPending && <Loader aria-label={text("app.loading")} />}
      {!pages.isPending && !pages.error && pages.rows.length === 0 && <Text c="dimmed">{empty}</Text>}
      {pages.rows.length > 0 && (
        <Table highlightOnHover verticalSpacing="sm" aria-label={text(title)}>
          <Table.Thead><Table.Tr>{head}</Table.Tr></Table.Thead>
          <Table.Tbody>{pages.rows.map(row)}</Table.Tbody>
        </Table>
      )}
      {pages.more && <Button variant="default" loading={pages.more.isLoading} onClick={pages.more.load}>{text("app.older")}</Button>}
    </Stack>
  );
}
