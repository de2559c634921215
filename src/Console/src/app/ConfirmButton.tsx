import { Button, Group, Modal, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { text } from "../i18n/text";

interface ConfirmButton {
  label: string;
  loading?: boolean;
  onConfirmed: () => void;
  /** What is about to happen. */
  children: ReactNode;
}

/** A button whose action is not undone: it says what will happen, and asks once more. */
export function ConfirmButton({ label, loading, onConfirmed, children }: ConfirmButton) {
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <>
      <Button size="compact-sm" loading={loading} onClick={() => setOpened(true)}>{label}</Button>
      <Modal opened={opened} onClose={close} title={label} centered>
        <Stack>
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{text("app.cancel")}</Button>
            <Button data-autofocus onClick={() => { close(); onConfirmed(); }}>{label}</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
