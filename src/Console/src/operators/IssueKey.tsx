import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import type { components } from "../api/schema";
import { text } from "../i18n/text";
import { choices } from "../i18n/words";

type Schemas = components["schemas"];

interface IssueKey {
  project: string;
  loading: boolean;
  onAsked: (request: Schemas["IssueKeyRequest"]) => void;
}

/** Asks whose key it is to be and what it may do, in the project that the console shows. */
export function IssueKey({ project, loading, onAsked }: IssueKey) {
  const [opened, setOpened] = useState(false);
  const [operator, setOperator] = useState("");
  const [role, setRole] = useState<string | null>("viewer");
  const [intakeOnly, setIntakeOnly] = useState(false);
  const close = () => {
    setOpened(false);
    setOperator("");
    setRole("viewer");
    setIntakeOnly(false);
  };
  const submit = () => {
    onAsked({
      operator_id: operator.trim(),
      roles: { [project]: role as Schemas["OperatorRole"] },
      default_project: project,
      scope: intakeOnly ? "intake" : undefined,
    });
    close();
  };

  return (
    <>
      <Button loading={loading} onClick={() => setOpened(true)}>{text("keys.issue")}</Button>
      <Modal opened={opened} onClose={close} title={text("keys.issue")} centered>
        <Stack component="form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
          <TextInput label={text("keys.operator")} value={operator} onChange={(event) => setOperator(event.currentTarget.value)} maxLength={100} required data-autofocus />
          <Select label={text("keys.role", { project })} data={choices("role")} value={role} onChange={setRole} allowDeselect={false} required />
          <Checkbox label={text("keys.intakeOnly")} checked={intakeOnly} onChange={(event) => setIntakeOnly(event.currentTarget.checked)} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{text("app.cancel")}</Button>
            <Button type="submit" disabled={operator.trim() === ""}>{text("keys.issue")}</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
