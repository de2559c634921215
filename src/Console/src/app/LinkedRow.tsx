import { Table } from "@mantine/core";
import type { ReactNode } from "react";

/** A row that opens by a click anywhere in it; by key, its link does. */
export function LinkedRow({ id, open, children }: { id: string; open: () => void; children: ReactNode }) {
  return (
    <Table.Tr data-testid={id} style={{ cursor: "pointer" }} onClick={(event) => { if (!(event.target as Element).closest("a, button")) open(); }}>
      {children}
    </Table.Tr>
  );
}
