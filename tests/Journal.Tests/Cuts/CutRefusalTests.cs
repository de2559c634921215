using System.Globalization;
using AwoooP.Journal.Cuts;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Tests.Delivery;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AwoooP.Journal.Tests.Cuts;

/// <summary>What stands in the way of a cut changes nothing and is told; what was given up does not.</summary>
public sealed class CutRefusalTests : CutTests
{
    [Fact]
    public async Task Cut_OfWhatAConsumerHasNotPassed_IsRefusedAndNothingChanges()
    {
        await WriteMonthsAsync();
        await Delivery.StopAsync();
        await Delivery.ExecuteAsync("insert into journal.cursor (consumer, generation, partition, seq) values ('slow', 1, 1, 3)");

        var refused = await Should.ThrowAsync<CutRefusedException>(() => Cutter().CutAsync(February, CancellationToken.None));

        refused.Message.ShouldContain("slow");
        refused.Message.ShouldNotContain("family");
        (await EventsAsync("2024-02-01")).ShouldBe("16 32");
        (await Delivery.QueryAsync("select nspname::text from pg_namespace where nspname like 'records\\_cut%'")).ShouldBeEmpty();
        (await Delivery.QueryAsync("select before::text from journal.log_cut")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Cut_OfAnOpenDeadLetter_IsRefusedWithWhereItStandsAndHowItIsDealtWith()
    {
        var id = await HoldOrphanAsync();

        (await RefusalAsync(February)).ShouldBe(
            $"Consumer family has a dead letter before the cut, at 1.1.1: awooop deadletters retry {id} --project p1 delivers it, "
            + $"awooop deadletters discard {id} --project p1 --reason TEXT gives it up.");
    }

    /// <summary>It can never be applied, in a rebuild neither: so it is left out of the copies, as it is of the live tables.</summary>
    [Fact]
    public async Task Cut_OfADeadLetterThatWasDiscarded_LeavesItOutOfTheCopies()
    {
        var id = await HoldOrphanAsync();
        (await Delivery.Get<IDeadLetters>().DiscardAsync(id, CancellationToken.None)).Status.ShouldBe(RetryStatus.Delivered);
        var parent = await WriteAsync(2, new AggregateId("parent", "p1/late"), "parent.noted", At(1));
        (await Delivery.PassedAsync(parent)).ShouldBeTrue();
        await SettledAsync();

        (await Cutter().CutAsync(February, CancellationToken.None)).Events.ShouldBe(2);

        (await Delivery.QueryAsync("select id from records_cut.child")).ShouldBeEmpty();
        (await Delivery.QueryAsync("select seq::text from journal.discarded_event")).ShouldBeEmpty("its event has left the log");
        (await Replay().VerifyAsync([], CancellationToken.None)).ShouldAllBe(table => table.IsEqual);
    }

    /// <summary>Nobody takes it out of the queue any more.</summary>
    [Fact]
    public async Task Cut_OfADiscardedDeadLetterWhoseConsumerIsGone_TakesItAway()
    {
        await WriteMonthsAsync(months: 1);
        await Delivery.ExecuteAsync(
            """
            insert into journal.dead_letter
                (project_id, consumer, generation, partition, seq, id, kind, queue_type, queue_key, grain_type, grain_key, event_type, discard_requested)
            values ('p1', 'gone', 1, 1, 1, gen_random_uuid(), 'fault', 'child', 'p1/x', 'child', 'p1/x', 'child.born', true),
                   ('p1', 'gone', 1, 1, 2, gen_random_uuid(), 'queued', 'child', 'p1/x', 'child', 'p1/x', 'child.born', false)
            """);

        (await RefusalAsync(February)).ShouldStartWith("1 events of gone before the cut queue behind a dead letter that was discarded or delivered");
        await Delivery.ExecuteAsync("delete from journal.dead_letter where kind = 'queued'");
        (await Cutter().CutAsync(February, CancellationToken.None)).Months.ShouldBe(1);

        (await Delivery.QueryAsync("select id::text from journal.dead_letter")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Cut_WhileATransactionHoldsTheLog_PausesBetweenItsAttemptsAndThenSaysWhoHoldsIt()
    {
        await WriteMonthsAsync();
        await using var reader = await Delivery.Database.Engine.OpenConnectionAsync();
        await using var transaction = await reader.BeginTransactionAsync();
        await using (var read = new NpgsqlCommand("select count(*) from journal.event", reader, transaction))
            await read.ExecuteScalarAsync();
        var time = new NotedPauses();
        var cutter = new LogCutter(Delivery.Database.Owner, [Family], new EveryEvent(), [], removed: null, time, NullLogger<LogCutter>.Instance)
        {
            Patience = new CutPatience
            {
                Attempts = 3,
                LockTimeout = TimeSpan.FromMilliseconds(50),
                FirstPause = TimeSpan.FromMilliseconds(20),
                LongestPause = TimeSpan.FromMilliseconds(30),
            },
        };

        var refused = await Should.ThrowAsync<CutRefusedException>(() => cutter.CutAsync(February, CancellationToken.None));

        refused.Message.ShouldStartWith("The log is busy: 3 attempts");
        refused.Message.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"Session {reader.ProcessID} of awooop_engine"));
        refused.Message.ShouldContain("journal.event");
        refused.Message.ShouldContain("pg_terminate_backend");
        time.Pauses.Count.ShouldBe(2);
        time.Pauses[0].ShouldBeInRange(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20));
        time.Pauses[1].ShouldBeInRange(TimeSpan.FromMilliseconds(15), TimeSpan.FromMilliseconds(30));
        (await EventsAsync("2024-02-01")).ShouldBe("16 32");
        (await Delivery.QueryAsync("select nspname::text from pg_namespace where nspname like 'records\\_cut%'")).ShouldBeEmpty();

        await transaction.RollbackAsync();
        (await cutter.CutAsync(February, CancellationToken.None)).Months.ShouldBe(1);
    }

    /// <summary>The child was written before its parent, and the month turned in between.</summary>
    [Fact]
    public async Task Cut_BetweenAChildAndItsParent_IsRefused()
    {
        await WriteAsync(1, new AggregateId("child", "p1/late"), "child.born", At(1));
        var parent = await WriteAsync(2, new AggregateId("parent", "p1/late"), "parent.noted", At(2));
        (await Delivery.PassedAsync(parent)).ShouldBeTrue();
        await DeliveryHarness.UntilAsync(async () => (await Delivery.QueryAsync("select id from records.child")).Count == 1);
        await SettledAsync();

        (await Should.ThrowAsync<CutRefusedException>(() => Cutter().CutAsync(February, CancellationToken.None))).Message.ShouldContain("1 events before the cut");
        (await Cutter().CutAsync(March, CancellationToken.None)).Events.ShouldBe(2);
    }

    [Fact]
    public async Task Cut_ThatSomethingObjectsTo_IsRefusedWithAllThatIsSaid()
    {
        await WriteMonthsAsync();

        var refused = await Should.ThrowAsync<CutRefusedException>(
            () => Cutter(new Objection("A law suit."), new Objection(null), new Objection("Another.")).CutAsync(February, CancellationToken.None));

        refused.Message.ShouldBe("A law suit.\nAnother.");
    }

    [Fact]
    public async Task Cut_OfNothingOrOfTheMonthThatRunsOrOfStrayedEvents_IsRefused()
    {
        await WriteMonthsAsync();

        (await RefusalAsync(new DateOnly(2024, 1, 1))).ShouldContain("no month before 2024-01");
        (await RefusalAsync(new DateOnly(2999, 1, 1))).ShouldContain("the one that ran a day ago");
        await WriteAsync(3, new AggregateId("parent", "p1/strayed"), "parent.noted", new DateTimeOffset(2023, 6, 1, 0, 0, 0, TimeSpan.Zero));
        (await RefusalAsync(February)).ShouldContain("1 events of before 2024-02 are in journal.event_default");
    }

    private async Task<string> RefusalAsync(DateOnly month) =>
        (await Should.ThrowAsync<CutRefusedException>(() => Cutter().CutAsync(month, CancellationToken.None))).Message;

    /// <summary>A child whose parent never comes.</summary>
    /// <returns>Its dead letter.</returns>
    private async Task<Guid> HoldOrphanAsync()
    {
        var child = await WriteAsync(1, new AggregateId("child", "p1/late"), "child.born", At(1));
        (await Delivery.PassedAsync(child)).ShouldBeTrue();
        await SettledAsync(orphans: 1);
        return (await Delivery.Get<IDeadLetters>().ListAsync("p1", 10, CancellationToken.None)).ShouldHaveSingleItem().Id;
    }

    /// <summary>The system's time, and how long was waited by it.</summary>
    private sealed class NotedPauses : TimeProvider
    {
        public List<TimeSpan> Pauses { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add(dueTime);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    private sealed class Objection(string? reason) : ICutObjection
    {
        public Task<string?> FindAsync(NpgsqlConnection owner, CutPlan plan, CancellationToken cancellationToken) => Task.FromResult(reason);
    }
}
