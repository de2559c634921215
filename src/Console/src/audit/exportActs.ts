import { mostRows } from "../api/bounds";
import { readActs, type ActFilter } from "./acts";

/** Of one file made here: a page is no place for more. The command line writes all of them. */
export const mostExported = 10_000;

/** The acts of a filter as JSON Lines, newest first, as the command line exports them. */
export async function exportActs(filter: ActFilter): Promise<{ lines: string[]; isCut: boolean }> {
  const lines: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await readActs(filter, cursor, mostRows);
    lines.push(...page.items.map((act) => JSON.stringify(act)));
    cursor = page.next_cursor ?? undefined;
  } while (cursor && lines.length < mostExported);
  return { lines, isCut: cursor !== undefined };
}

/** Hands a text to the browser as a file. */
export function download(name: string, lines: string[]): void {
  const url = URL.createObjectURL(new Blob(lines.map((line) => `${line}\n`), { type: "application/x-ndjson" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
