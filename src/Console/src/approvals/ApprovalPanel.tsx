import { Alert, Button, Card, Group, Kbd, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { maxTextLength } from "../api/bounds";
import { api } from "../api/client";
import { WordBadge } from "../app/badges";
import { showTime } from "../app/time";
import { label, text } from "../i18n/text";
import { word } from "../i18n/words";
import { useOperator } from "../session/OperatorContext";

type Choice = "approve" | "reject";
const keys: Record<string, Choice> = { a: "approve", r: "reject" };

/**
 * The vote on a plan, by mouse or by key. A key asks to be pressed twice, since one slip must not restart a database;
 * the vote names the version that was on the screen, so a plan that changed meanwhile is not signed unseen.
 */
export function ApprovalPanel({ approvalId }: { approvalId: string }) {
  const me = useOperator();
  const queries = useQueryClient();
  const [comment, setComment] = useState("");
  const [armed, setArmed] = useState<Choice>();
  const approval = useQuery({
    queryKey: ["approval", approvalId],
    queryFn: async ({ signal }) => {
      const { data, response } = await api.GET("/v1/platform/approvals/{approval_id}", { params: { path: { approval_id: approvalId } }, signal });
      return { ...data!, etag: response.headers.get("etag") ?? undefined };
    },
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
  const hasVoted = approval.data?.votes.some((cast) => cast.user_id === me.operator_id) ?? false;
  const mayVote = open && !hasVoted;
  useEffect(() => {
    if (!mayVote) return;
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select, [contenteditable]");
      if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const choice = keys[event.key.toLowerCase()];
      if (!choice) setArmed(undefined);
      else if (vote.isPending) return;
      else if (choice === armed) vote.mutate(choice);
      else setArmed(choice);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [mayVote, armed, vote]);

  if (!approval.data) return null;
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
        {open && hasVoted && <Text size="sm" fw={600}>{text("approval.voted")}</Text>}
        {mayVote && (
          <>
            <TextInput label={text("approval.comment")} value={comment} maxLength={maxTextLength} onChange={(event) => setComment(event.currentTarget.value)} />
            <Group>
              <Button {...look("green", armed !== "reject")} aria-keyshortcuts="A" loading={vote.isPending} onClick={() => vote.mutate("approve")} rightSection={<Kbd>A</Kbd>}>{text("approval.approve")}</Button>
              <Button {...look("red", armed === "reject")} aria-keyshortcuts="R" loading={vote.isPending} onClick={() => vote.mutate("reject")} rightSection={<Kbd>R</Kbd>}>{text("approval.reject")}</Button>
            </Group>
            <Text size="sm" c={armed ? undefined : "dimmed"} fw={armed ? 600 : undefined} aria-live="polite">{text(armed ? "approval.confirm" : "approval.keys")}</Text>
          </>
        )}
        {vote.error && <Alert color="red" role="alert">{vote.error.message}</Alert>}
      </Stack>
    </Card>
  );
}

/** A filled button needs the darkest shade for its white text; a light one none, since a shade would fill it with the colour of its text. */
function look(color: "green" | "red", filled: boolean) {
  return filled ? { color: `${color}.9`, variant: "filled" } : { color, variant: "light" };
}
