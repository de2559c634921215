import { Alert, AppShell, Badge, Button, Container, Group, Loader, Text, Title } from "@mantine/core";
import { Link, Outlet } from "@tanstack/react-router";
import { useLiveEvents } from "../api/live";
import { chosenProject } from "../api/project";
import { PauseBanner } from "../automation/PauseBanner";
import { text } from "../i18n/text";
import { OperatorProvider } from "../session/OperatorContext";
import { ProjectChoice } from "../session/ProjectChoice";
import { hasRole } from "../session/roles";
import { SignIn } from "../session/SignIn";
import { useSession } from "../session/useSession";
import { Navigation } from "./Navigation";

/** The frame of every page; without a session, the sign-in takes its place. */
export function Shell() {
  const session = useSession();
  const chosen = chosenProject();
  // As the pages know who is signed in: what names no project means the one that is shown.
  const me = session.operator && { ...session.operator, default_project: chosen ?? session.operator.default_project };
  // Who has no role in their own default is told so by every page; here it is about what an address asks for.
  const isOpen = me !== undefined && (chosen === undefined || hasRole(me, "viewer"));
  const connected = useLiveEvents(isOpen);

  if (session.error) return <Outage message={session.error.message} retry={session.reload} />;
  if (session.loading) return <Loader m="xl" aria-label={text("app.loading")} />;
  if (!session.operator || !me) return <SignIn onSignedIn={session.reload} />;

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
            <Button variant="subtle" size="compact-sm" loading={session.signOut.isPending} onClick={() => session.signOut.mutate()}>
              {text("app.signOut")}
            </Button>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Main>
        <Container size="xl" px={0}>
          {session.signOut.error && <Alert color="red" role="alert" mb="md" title={text("app.signOutFailed")}>{session.signOut.error.message}</Alert>}
          <ProjectChoice me={session.operator} />
          {isOpen
            ? (
              <OperatorProvider value={me}>
                <Navigation me={me} />
                <PauseBanner />
                <Outlet />
              </OperatorProvider>
            )
            : <NotYours project={me.default_project} />}
        </Container>
      </AppShell.Main>
    </AppShell>
  );
}

/** What an address says to whom it was not meant for: the project that it names is not theirs to see. */
function NotYours({ project }: { project: string }) {
  return (
    <Alert color="red" role="alert" title={text("app.error")}>
      <Text size="sm" mb="sm">{text("project.notYours", { project })}</Text>
      <Button size="compact-sm" variant="default" component="a" href="/">{text("project.own")}</Button>
    </Alert>
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
