import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { maxTextLength } from "../api/bounds";
import { text } from "../i18n/text";

interface ReasonButton {
  label: string;
  /** Whether the action cannot be taken without one. */
  required?: boolean;
  loading?: boolean;
  onGiven: (reason: string) => void;
}

/** A button whose action is recorded with a reason: it asks for one before anything happens. */
export function ReasonButton({ label, required = false, loading, onGiven }: ReasonButton) {
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState("");
  const close = () => {
    setOpened(false);
    setReason("");
  };
  const submit = () => {
    onGiven(reason.trim());
    close();
  };

  return (
    <>
      <Button size="compact-sm" variant="default" loading={loading} onClick={() => setOpened(true)}>{label}</Button>
      <Modal opened={opened} onClose={close} title={label} centered>
        <Stack component="form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
          <Textarea
            label={text("app.reason")}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={maxTextLength}
            required={required}
            rows={3}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{text("app.cancel")}</Button>
            <Button type="submit" disabled={required && reason.trim() === ""}>{label}</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
