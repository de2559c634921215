import { Alert, Button, Card, Center, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client";
import { ProblemError } from "../api/problem";
import { usePageTitle } from "../app/usePageTitle";
import { text } from "../i18n/text";

/** Trades an operator key for a session cookie. The key is not kept. */
export function SignIn({ onSignedIn }: { onSignedIn: () => void }) {
  usePageTitle(text("signIn.title"));
  const [key, setKey] = useState("");
  const signIn = useMutation({
    mutationFn: async () => {
      await api.POST("/v1/platform/session", { headers: { Authorization: `Bearer ${key.trim()}` } });
    },
    onSuccess: () => {
      setKey("");
      onSignedIn();
    },
  });

  const refused = signIn.error instanceof ProblemError && signIn.error.isUnauthorized;
  return (
    <Center mih="80vh">
      <Card component="form" withBorder w={420} padding="lg" onSubmit={(event) => { event.preventDefault(); signIn.mutate(); }}>
        <Stack>
          <Title order={1} size="h3">{text("app.title")} · {text("signIn.title")}</Title>
          <PasswordInput label={text("signIn.key")} value={key} onChange={(event) => setKey(event.currentTarget.value)} autoFocus required autoComplete="off" />
          <Text size="sm" c="dimmed">{text("signIn.hint")}</Text>
          {signIn.error && <Alert color="red" role="alert">{refused ? text("signIn.refused") : signIn.error.message}</Alert>}
          <Button type="submit" loading={signIn.isPending}>{text("signIn.submit")}</Button>
        </Stack>
      </Card>
    </Center>
  );
}
