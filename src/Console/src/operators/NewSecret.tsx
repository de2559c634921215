import { Button, Code, CopyButton, Group, Modal, Stack, Text } from "@mantine/core";
import type { components } from "../api/schema";
import { showTime } from "../app/time";
import { text } from "../i18n/text";

/** A secret, this once: closing it is the end of it here. */
export function NewSecret({ issued, onClose }: { issued: components["schemas"]["IssuedKey"]; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={text("keys.secretOf", { operator: issued.operator_id })} centered closeOnClickOutside={false}>
      <Stack>
        <Text size="sm">{text("keys.secretOnce")}</Text>
        <Code block data-testid="secret" style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>{issued.key}</Code>
        {issued.previous_until && <Text size="sm" c="dimmed">{text("keys.previousUntil", { time: showTime(issued.previous_until) })}</Text>}
        <Group justify="flex-end">
          <CopyButton value={issued.key}>
            {({ copied, copy }) => <Button variant="default" onClick={copy}>{text(copied ? "keys.copied" : "keys.copy")}</Button>}
          </CopyButton>
          <Button onClick={onClose} data-autofocus>{text("keys.kept")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
