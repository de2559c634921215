import { Alert, Button, Card, Center, Divider, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client";
import { ProblemError } from "../api/problem";
import { usePageTitle } from "../app/usePageTitle";
import { text } from "../i18n/text";
import { signInAt, useIssuers, wordsOfFailure } from "./issuers";

/** Leads to an identity provider, or trades an operator key for a session cookie. The key is not kept. */
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

  const issuers = useIssuers();
  const cameBack = new URLSearchParams(window.location.search).get("sign_in_error");
  const refused = signIn.error instanceof ProblemError && signIn.error.isUnauthorized;
  return (
    <Center mih="80vh">
      <Card component="form" withBorder w={420} padding="lg" onSubmit={(event) => { event.preventDefault(); signIn.mutate(); }}>
        <Stack>
          <Title order={1} size="h3">{text("app.title")} · {text("signIn.title")}</Title>
          {cameBack && !signIn.error && <Alert color="red" role="alert">{wordsOfFailure(cameBack)}</Alert>}
          {issuers.map((issuer) => (
            <Button key={issuer.name} component="a" href={signInAt(issuer.name)} variant="default">{text("signIn.at", { issuer: issuer.label })}</Button>
          ))}
          {issuers.length > 0 && <Divider label={text("signIn.or")} />}
          <PasswordInput label={text("signIn.key")} value={key} onChange={(event) => setKey(event.currentTarget.value)} autoFocus required autoComplete="off" />
          <Text size="sm" c="dimmed">{text("signIn.hint")}</Text>
          {signIn.error && <Alert color="red" role="alert">{refused ? text("signIn.refused") : signIn.error.message}</Alert>}
          <Button type="submit" loading={signIn.isPending}>{text("signIn.submit")}</Button>
        </Stack>
      </Card>
    </Center>
  );
}
