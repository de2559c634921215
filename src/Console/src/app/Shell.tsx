import { Alert, AppShell, Badge, Button, Container, Group, Loader, Text, Title } from "@mantine/core";
import { Link, Outlet } from "@tanstack/react-router";
import { useLiveEvents } from "../api/live";
import { PauseBanner } from "../automation/PauseBanner";
import { text } from "../i18n/text";
import { OperatorProvider } from "../session/OperatorContext";
import { SignIn } from "../session/SignIn";
import { useSession } from "../session/useSession";
import { Navigation } from "./Navigation";

/** The frame of every page; without a session, the sign-in takes its place. */
export function Shell() {
  const session = useSession();
  const connected = useLiveEvents(session.operator !== undefined);

  if (session.error) return <Outage message={session.error.message} retry={session.reload} />;
  if (session.loading) return <Loader m="xl" aria-label={text("app.loading")} />;
  if (!session.operator) return <SignIn onSignedIn={session.reload} />;

  return (
    <AppShell header={{ height: 52 }} padding="md">
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between">
          <Title order={1} size="h4">
            <Link to="/" style={{ color: "inherit", textDecoration: "none" }}>
              {text("app.title")}
            </Link>
          </Title>
          <Group gap="sm">
            <Badge color={connected ? "green" : "gray"} variant="dot" role="status" data-testid="live">
              {text(connected ? "app.live" : "app.offline")}
            </Badge>
            <Text span size="sm" visibleFrom="xs" data-testid="operator">{session.operator.operator_id}</Text>
            <Button variant="subtle" size="compact-sm" onClick={session.signOut}>
              {text("app.signOut")}
            </Button>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Main>
        <Container size="xl" px={0}>
          <OperatorProvider value={session.operator}>
            <Navigation me={session.operator} />
            <PauseBanner />
            <Outlet />
          </OperatorProvider>
        </Container>
      </AppShell.Main>
    </AppShell>
  );
}

function Outage({ message, retry }: { message: string; retry: () => void }) {
  return (
    <Alert color="red" role="alert" m="xl" title={text("app.error")}>
      <Text size="sm" mb="sm">{message}</Text>
      <Button size="compact-sm" variant="default" onClick={retry}>{text("app.retry")}</Button>
    </Alert>
  );
}
