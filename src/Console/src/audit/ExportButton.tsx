import { Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { showCount } from "../app/number";
import { text } from "../i18n/text";
import type { ActFilter } from "./acts";
import { download, exportActs, mostExported } from "./exportActs";

/** The acts of the filter as a file of JSON Lines. */
export function ExportButton({ filter }: { filter: ActFilter }) {
  const making = useMutation({
    mutationFn: () => exportActs(filter),
    onSuccess: ({ lines }) => download("acts.jsonl", lines),
  });
  return (
    <div>
      <Button variant="default" loading={making.isPending} onClick={() => making.mutate()}>{text("audit.export")}</Button>
      {making.error && <Text size="xs" c="red" role="alert">{making.error.message}</Text>}
      {making.data?.isCut && <Text size="xs" role="status" maw={260}>{text("audit.exportCut", { count: showCount(mostExported) })}</Text>}
    </div>
  );
}
