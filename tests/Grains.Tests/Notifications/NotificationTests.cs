using AwoooP.Commands;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Notifications;

namespace AwoooP.Grains.Tests.Notifications;

public sealed class NotificationTests
{
    private const string Table =
        """
        none: queue -> pending

        pending: deliver -> delivered
        pending: delay -> pending
        pending: rate_limit -> rate_limited
        pending: fail -> failed
        pending: record_action -> pending

        rate_limited: deliver -> delivered
        rate_limited: delay -> pending
        rate_limited: rate_limit -> rate_limited
        rate_limited: fail -> failed
        rate_limited: record_action -> rate_limited

        delivered: record_action -> delivered

        failed: record_action -> failed
        """;

    private static readonly DateTimeOffset Start = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.Parse("01990000-0000-7000-8000-000000000003");
    private static readonly QueueNotification Command = new(Id, NotificationChannel.Webhook, "TYPE-3", "ops", "title", "body", "INC-1", null);

    [Fact]
    public void GivenRetryableFaults_WhenRepeated_ThenTheWaitDoublesWithinItsJitterAndEndsAtTheEighthAttempt()
    {
        var (notification, now) = (Queued(), Start);
        for (var attempt = 1; attempt < RetrySchedule.MaxAttempts; attempt++)
        {
            var delayed = NotificationDecider.Record(notification, new NotificationSendResult.Retryable("http_500"), now);

            var next = delayed.Wakes.Single(wake => wake.Name == "send").DueAt!.Value;
            var nominal = Math.Min(300, 2 * Math.Pow(2, attempt - 1));
            (next - now).TotalSeconds.ShouldBeInRange(nominal * 0.8, (nominal * 1.2) + 0.001);
            (notification, now) = (Apply(notification, delayed.Events[0], now), next);
            NotificationDecider.IsDue(notification, next).ShouldBeTrue();
            NotificationDecider.IsDue(notification, next.AddMilliseconds(-1)).ShouldBeFalse();
        }

        var last = NotificationDecider.Record(notification, new NotificationSendResult.Retryable("http_500"), now);
        last.Events.Single().ShouldBeOfType<NotificationFailed>().Attempt.ShouldBe(8);
        last.Wakes.Single().DueAt.ShouldBeNull();
    }

    [Fact]
    public void GivenTheSameMessageAndAttempt_WhenScheduled_ThenTheSameWaitAndAnotherForOthers()
    {
        RetrySchedule.WaitAfter(Id, 3, null).ShouldBe(RetrySchedule.WaitAfter(Id, 3, null));
        Enumerable.Range(0, 100).Select(i => RetrySchedule.WaitAfter(Guid.CreateVersion7(Start.AddMilliseconds(i)), 3, null)).Distinct().Count().ShouldBeGreaterThan(90);
    }

    [Theory]
    [InlineData(120, 120)]
    [InlineData(7200, 3600)]
    public void GivenARetryAfter_WhenRateLimited_ThenItIsHonouredUpToAnHour(int asked, int granted)
    {
        var decision = NotificationDecider.Record(Queued(), new NotificationSendResult.RateLimited(TimeSpan.FromSeconds(asked)), Start);

        var delayed = decision.Events.Single().ShouldBeOfType<NotificationDelayed>();
        delayed.RateLimited.ShouldBeTrue();
        delayed.NextAttemptAt.ShouldBe(Start.AddSeconds(granted));
        Apply(Queued(), delayed, Start).Status.ShouldBe(NotificationStatus.RateLimited);
    }

    [Fact]
    public void GivenAPermanentFault_WhenRecorded_ThenFailedAtOnce() =>
        NotificationDecider.Record(Queued(), new NotificationSendResult.Permanent("unknown_recipient"), Start).Events.Single().ShouldBeOfType<NotificationFailed>();

    [Fact]
    public void GivenADeliveredMessage_WhenAPersonActs_ThenTheTimeIsCountedFromReceiptAndTheFirstActionStays()
    {
        var delivered = Apply(Queued(), NotificationDecider.Record(Queued(), new NotificationSendResult.Delivered("m1"), Start.AddSeconds(5)).Events[0], Start.AddSeconds(5));
        var action = new RecordNotificationAction("approved", "ann", null);

        var acted = NotificationDecider.RecordAction(delivered, action, Start.AddSeconds(65)).Events.Single().ShouldBeOfType<NotificationActedOn>();

        acted.TimeToActionSeconds.ShouldBe(60);
        NotificationDecider.RecordAction(Apply(delivered, acted, Start), action, Start).Refusal!.Code.ShouldBe("already_acted_on");
        NotificationDecider.RecordAction(delivered, action, Start.AddDays(31)).Refusal!.Code.ShouldBe("notification_too_old");
        NotificationDecider.RecordAction(delivered, action with { Action = "liked" }, Start).Refusal!.Kind.ShouldBe(RefusalKind.Invalid);
    }

    [Fact]
    public void GivenSecretsInTheText_WhenQueued_ThenTheyNeverEnterTheLog()
    {
        var queued = NotificationDecider.Queue(Notification.Initial, Command with { Body = "password=hunter2hunter2" }, Start);

        queued.Events.Single().ShouldBeOfType<NotificationQueued>().Body.ShouldNotContain("hunter2");
    }

    [Fact]
    public void GivenNoActionYet_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(NotificationTransitions.Table, default, Table);

    [Fact]
    public void GivenAPersonActed_WhenAnyTrigger_ThenNoSecondAction() => TableCheck.Holds(
        NotificationTransitions.Table,
        new NotificationFacts(true),
        Table,
        """
        pending: record_action -> refused
        rate_limited: record_action -> refused
        delivered: record_action -> refused
        failed: record_action -> refused
        """);

    private static Notification Queued() => Apply(Notification.Initial, NotificationDecider.Queue(Notification.Initial, Command, Start).Events[0], Start);

    private static Notification Apply(Notification notification, NotificationEvent raised, DateTimeOffset at) => notification.Apply(raised, at);
}
