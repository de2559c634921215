using System.Collections.Concurrent;
using System.Text;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Intake;
using AwoooP.Journal.Tests.Intake;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>Commits, delivery, wake-ups and intake as a silo runs them, on a server that crashes.</summary>
public sealed class JournalDeliveryTests : IAsyncLifetime
{
    private readonly NoteProjection _notes = new();
    private readonly RecordingReaction _reaction = new();
    private readonly RecordingWakeTarget _wakes = new();
    private readonly RecordingConsumer _consumer = new();
    private DurableServer _server = null!;
    private JournalHost _host = null!;

    public async Task InitializeAsync()
    {
        _server = await DurableServer.StartAsync();
        await using (var owner = NpgsqlDataSource.Create(_server.Endpoints.Owner))
        await using (var create = owner.CreateCommand(NoteProjection.TableSql))
            await create.ExecuteNonQueryAsync();
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Commit_Answered_IsProjectedReactedToAndSeenByTheBarrier()
    {
        var outcome = await CommitAsync(new AggregateId("thing", "p1/a"), 0, "one");

        outcome.Status.ShouldBe(CommitStatus.Committed);
        (await _host.Services.GetRequiredService<IPositionWaiter>().WaitAsync(outcome.Position, TimeSpan.FromSeconds(20), CancellationToken.None)).ShouldBeTrue();
        (await BodiesAsync()).ShouldBe(["one"]);
        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Count == 1);
        _reaction.Seen.ShouldBe([outcome.Position]);
    }

    [Fact]
    public async Task Commit_SetsAWakeUp_FiresUntilTheHandlingCommitHasClearedIt()
    {
        var id = new AggregateId("thing", "p1/a");
        _wakes.Handle = async (target, name, _) =>
            (await CommitAsync(target, 1, "woken", [new WakeChange(name, null)])).Status.ShouldBe(CommitStatus.Committed);

        await CommitAsync(id, 0, "one", [new WakeChange("tick", _host.Services.GetRequiredService<IDurableClock>().Now)]);

        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Count == 2);
        _wakes.Fired.Count.ShouldBe(1);
        (await QueryAsync("select name from journal.wake")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Load_ServerCrashesAndComesBack_NothingAcknowledgedIsLostOrProjectedTwice()
    {
        var committed = new ConcurrentBag<string>();
        var accepted = new ConcurrentBag<string>();
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(() => WriteAsync(writer, committed, accepted, stop.Token))).ToList();

        await DeliveryHarness.UntilAsync(() => committed.Count > 100 && accepted.Count > 100);
        await _server.CrashAndRestartAsync();
        var (committedBefore, acceptedBefore) = (committed.Count, accepted.Count);
        await DeliveryHarness.UntilAsync(() => committed.Count > committedBefore + 100 && accepted.Count > acceptedBefore + 100);
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        await DeliveryHarness.UntilAsync(async () => (await BodiesAsync()).ToHashSet().IsSupersetOf(committed));
        (await BodiesAsync()).ShouldBeUnique();
        await DeliveryHarness.UntilAsync(() => accepted.All(_consumer.Bodies.ToHashSet().Contains));
        var logged = await QueryAsync("select partition || '.' || seq from journal.event");
        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Select(position => $"{position.Partition}.{position.Seq}").ToHashSet().IsSupersetOf(logged));
        (await QueryAsync("select reason from journal.dead_letter")).ShouldBeEmpty();
        (await QueryAsync("select reason from journal.intake_rejected")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Silo_StoppedAndStartedAgain_DeliversWhatIsLeft()
    {
        _reaction.Before = static _ => throw new JournalUnavailableException("away");
        await CommitAsync(new AggregateId("thing", "p1/a"), 0, "one");
        await _host.DisposeAsync();

        _reaction.Before = static _ => Task.CompletedTask;
        await StartAsync();

        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Count == 1);
        await DeliveryHarness.UntilAsync(async () => (await BodiesAsync()).SequenceEqual(["one"]));
    }

    private async Task StartAsync() => _host = await JournalHost.StartAsync(_server.Endpoints, register: services =>
    {
        services.AddSingleton<IProjection>(_notes);
        services.AddSingleton<IReaction>(_reaction);
        services.AddSingleton<IWakeTarget>(_wakes);
        services.AddSingleton<IIntakeConsumer>(_consumer);
        services.AddSingleton<IKnownEvents>(new EveryEvent());
        services.AddDelivery();
        services.AddIntake();
    });

    private ValueTask<CommitOutcome> CommitAsync(AggregateId id, long expected, string body, IReadOnlyList<WakeChange>? wakes = null) =>
        _host.Journal.CommitAsync(new Commit
        {
            Id = id,
            ExpectedVersion = expected,
            Events = [new NewEvent("noted", 1, Encoding.UTF8.GetBytes($"\"{body}\""))],
            State = "{}"u8.ToArray(),
            StateVersion = 1,
            Actor = "platform",
            At = _host.Services.GetRequiredService<IDurableClock>().Now,
            Wakes = wakes ?? [],
        }, CancellationToken.None);

    private async Task WriteAsync(int writer, ConcurrentBag<string> committed, ConcurrentBag<string> accepted, CancellationToken cancellationToken)
    {
        var intake = _host.Services.GetRequiredService<IIntakeLog>();
        for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            var body = $"{writer}-{i}";
            if ((await CommitAsync(new AggregateId("thing", $"p1/{body}"), 0, body)).Status == CommitStatus.Committed)
                committed.Add(body);
            try
            {
                var outcome = await intake.AppendAsync(IntakeHarness.Entry(body, orderKey: $"{writer}"), CancellationToken.None);
                if (outcome.Status == IntakeStatus.Accepted)
                    accepted.Add(body);
            }
            catch (JournalUnavailableException)
            {
                // Not acknowledged, so nobody counts on it.
            }
        }
    }

    private Task<List<string>> BodiesAsync() => QueryAsync("select body from records.note");

    private async Task<List<string>> QueryAsync(string sql)
    {
        // Across tenants, and so not as a role of the silo.
        var superuser = new NpgsqlConnectionStringBuilder(_server.Server.SuperuserConnection())
        {
            Database = new NpgsqlConnectionStringBuilder(_server.Endpoints.Engine).Database,
            Pooling = false,
        };
        await using var source = NpgsqlDataSource.Create(superuser);
        await using var command = source.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await rows.ReadAsync())
            values.Add(rows.GetString(0));
        return values;
    }
}
