import { Alert, Button, Code, Group, Modal, Stack, Text } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import type { components } from "../api/schema";
import { showTime } from "../app/time";
import { text } from "../i18n/text";

/** A secret, this once: closing it is the end of it here, so nothing closes it but the word that it is kept. */
export function NewSecret({ issued, onClose }: { issued: components["schemas"]["IssuedKey"]; onClose: () => void }) {
  const clipboard = useClipboard();
  return (
    <Modal
      opened
      onClose={onClose}
      title={text("keys.secretOf", { operator: issued.operator_id })}
      centered
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack>
        <Text size="sm">{text("keys.secretOnce")}</Text>
        <Code block data-testid="secret" style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>{issued.key}</Code>
        {issued.previous_until && <Text size="sm" c="dimmed">{text("keys.previousUntil", { time: showTime(issued.previous_until) })}</Text>}
        {clipboard.error && <Alert color="red" role="alert">{text("keys.notCopied")}</Alert>}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => clipboard.copy(issued.key)} data-autofocus>{text(clipboard.copied ? "keys.copied" : "keys.copy")}</Button>
          <Button onClick={onClose}>{text("keys.kept")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
