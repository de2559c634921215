import { Stack, Text } from "@mantine/core";
import { text } from "../i18n/text";
import { PageLink } from "./PageLink";
import { usePageTitle } from "./usePageTitle";

/** An address that nothing is at, with the way home. */
export function MissingPage() {
  usePageTitle(undefined);
  return (
    <Stack>
      <Text>{text("app.missing")}</Text>
      <PageLink to="/" size="sm">← {text("incident.back")}</PageLink>
    </Stack>
  );
}
