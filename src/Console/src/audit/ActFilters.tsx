import { Select, TextInput } from "@mantine/core";
import { WordFilter } from "../app/WordFilter";
import { text } from "../i18n/text";
import { choices } from "../i18n/words";
import { useOperator } from "../session/OperatorContext";
import { hasRole } from "../session/roles";
import type { Asked } from "./acts";

const maxText = 256;

interface ActFilters {
  asked: Asked;
  onChange: (asked: Asked) => void;
}

/** Which acts are wanted. What belongs to no project is offered to an administrator of every project. */
export function ActFilters({ asked, onChange }: ActFilters) {
  const mayLeaveTheProject = hasRole(useOperator(), "admin", "*");
  return (
    <>
      {(["actor", "act", "object"] as const).map((part) => (
        <TextInput
          key={part}
          label={text(`audit.${part}`)}
          placeholder={text("app.any")}
          value={asked[part]}
          onChange={(event) => onChange({ ...asked, [part]: event.currentTarget.value })}
          maxLength={maxText}
          w={150}
        />
      ))}
      <WordFilter label="audit.outcome" kind="auditOutcome" value={asked.outcome} onChange={(outcome) => onChange({ ...asked, outcome })} w={130} />
      {(["since", "until"] as const).map((end) => (
        <TextInput
          key={end}
          type="datetime-local"
          label={text(`audit.${end}`)}
          value={asked[end]}
          onChange={(event) => onChange({ ...asked, [end]: event.currentTarget.value })}
          w={200}
        />
      ))}
      {mayLeaveTheProject && (
        <Select
          label={text("audit.scope")}
          data={choices("auditScope")}
          value={asked.scope}
          onChange={(scope) => onChange({ ...asked, scope: (scope ?? "project") as Asked["scope"] })}
          allowDeselect={false}
          w={180}
        />
      )}
    </>
  );
}
