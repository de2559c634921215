import { Stack, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

/** A part of a page under a heading of its own, by which it is also named. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <Stack component="section" gap="xs" aria-labelledby={id}>
      <Title order={3} size="h4" id={id}>{title}</Title>
      {children}
    </Stack>
  );
}
