import { useDocumentTitle } from "@mantine/hooks";
import { text } from "../i18n/text";

/** Names the page in the browser's tab and history; the console's own name stands alone until the page knows its own. */
export function usePageTitle(title: string | undefined) {
  useDocumentTitle(title ? `${title} · ${text("app.title")}` : text("app.title"));
}
