import { Alert, Button, Card, Group, Kbd, Loader, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useState } from "react";
import { maxTextLength } from "../api/bounds";
import { api } from "../api/client";
import { useResource } from "../api/useResource";
import { WordBadge } from "../app/badges";
import { showTime } from "../app/time";
import { label, text } from "../i18n/text";
import { word } from "../i18n/words";
import { useOperator } from "../session/OperatorContext";
import { ballotOf, type Choice } from "./ballot";

const keys: Record<string, Choice> = { a: "approve", r: "reject" };
const colors: Record<Choice, string> = { approve: "green", reject: "red" };

/**
 * The vote on a plan, by mouse or by key. A key asks to be pressed twice, since one slip must not restart a database; what is typed, or pressed
 * while a dialog is open, counts as another key. The vote names the version that was on the screen, so a plan that changed meanwhile is not
 * signed unseen.
 */
export function ApprovalPanel({ approvalId }: { approvalId: string }) {
  const me = useOperator();
  const queries = useQueryClient();
  const [comment, setComment] = useState("");
  const [armed, setArmed] = useState<Choice>();
  const hint = useId();
  const approval = useResource(["approval", approvalId], async (signal) => {
    const { data, response } = await api.GET("/v1/platform/approvals/{approval_id}", { params: { path: { approval_id: approvalId } }, signal });
    return { ...data!, etag: response.headers.get("etag") ?? undefined };
  });

  const vote = useMutation({
    mutationFn: async (choice: Choice) => {
      await api.POST("/v1/platform/approvals/{approval_id}/votes", {
        params: { path: { approval_id: approvalId } },
        headers: approval.data?.etag ? { "If-Match": approval.data.etag } : undefined,
        body: { choice, comment: comment || undefined },
      });
    },
    onSettled: () => {
      setArmed(undefined);
      return queries.invalidateQueries();
    },
  });

  const open = approval.data?.available_actions.includes("approve") ?? false;
  const ballot = approval.data && open ? ballotOf(me, approval.data, approval.data.votes.map((cast) => cast.user_id)) : undefined;
  const choices = ballot?.choices ?? [];
  const mayVote = choices.length > 0;
  useEffect(() => {
    if (choices.length === 0) return;
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select, [contenteditable]");
      const covered = document.querySelector('[role="dialog"]') !== null;
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const choice = typing || covered ? undefined : keys[event.key.toLowerCase()];
      if (!choice || !choices.includes(choice)) setArmed(undefined);
      else if (vote.isPending) return;
      else if (choice === armed) vote.mutate(choice);
      else setArmed(choice);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [choices, armed, vote]);

  if (approval.error && !approval.data) return <Alert color="red" role="alert" title={text("app.error")}>{approval.error.message}</Alert>;
  if (!approval.data) return <Loader aria-label={text("app.loading")} />;
  const { votes, required_votes, expires_at, status } = approval.data;
  return (
    <Card withBorder data-testid="approval">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h4">{text(mayVote ? "approval.title" : "approval.closed")}</Title>
          <WordBadge kind="approvalStatus" value={status} testId="approval-status" />
        </Group>
        <Text size="sm">
          {label("approval.votes")}{votes.filter((cast) => cast.choice === "approve").length}/{required_votes}
          {open && ` · ${label("approval.expires")}${showTime(expires_at)}`}
        </Text>
        {votes.map((cast) => (
          <Text key={cast.user_id} size="sm">
            {cast.user_id} {word("choice", cast.choice)} {cast.comment && `“${cast.comment}”`} <Text span size="xs" c="dimmed">{showTime(cast.voted_at)}</Text>
          </Text>
        ))}
        {ballot?.why && <Text size="sm" fw={600}>{text(ballot.why)}</Text>}
        {mayVote && (
          <>
            <TextInput label={text("approval.comment")} value={comment} maxLength={maxTextLength} onChange={(event) => setComment(event.currentTarget.value)} />
            <Group>
              {Object.entries(keys).filter(([, choice]) => choices.includes(choice)).map(([key, choice]) => (
                <Button
                  key={key}
                  color={colors[choice]}
                  variant={choice === (armed ?? choices[0]) ? "filled" : "light"}
                  aria-describedby={hint}
                  loading={vote.isPending}
                  onClick={() => vote.mutate(choice)}
                  rightSection={<Kbd>{key.toUpperCase()}</Kbd>}
                >
                  {text(`approval.${choice}`)}
                </Button>
              ))}
            </Group>
            <Text id={hint} size="sm" c={armed ? undefined : "dimmed"} fw={armed ? 600 : undefined} aria-live="polite">{text(armed ? "approval.confirm" : choices.includes("approve") ? "approval.keys" : "approval.rejectKey")}</Text>
          </>
        )}
        {vote.error && <Alert color="red" role="alert">{vote.error.message}</Alert>}
      </Stack>
    </Card>
  );
}
