using AwoooP.Journal.Cuts;
using AwoooP.Journal.Delivery.Replay;
using AwoooP.Journal.Tests.Delivery;
using AwoooP.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AwoooP.Journal.Tests.Cuts;

/// <summary>A log of three months whose families are delivered, for tests that cut it.</summary>
public abstract class CutTests : IAsyncLifetime
{
    private protected static readonly DateOnly February = new(2024, 2, 1);
    private protected static readonly DateOnly March = new(2024, 3, 1);

    private protected FamilyProjection Family { get; } = new();

    private protected DeliveryHarness Delivery { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Delivery = (await DeliveryHarness.CreateAsync()).With(Family);
        await Delivery.ExecuteAsync(FamilyProjection.TableSql);
        for (var month = 1; month <= 3; month++)
            await EventMonth.MakeAsync(Delivery.Database.Owner, 2024, month);
        await Delivery.StartAsync();
    }

    public async Task DisposeAsync() => await Delivery.DisposeAsync();

    private protected LogCutter Cutter(params ICutObjection[] objections) =>
        new(Delivery.Database.Owner, [Family], new EveryEvent(), objections, removed: null, TimeProvider.System, NullLogger<LogCutter>.Instance);

    private protected ProjectionReplay Replay() => new(Delivery.Database.Owner, [Family], new EveryEvent(), NullLogger<ProjectionReplay>.Instance);

    private protected static DateTimeOffset At(int month) => new(2024, month, 15, 8, 0, 0, TimeSpan.Zero);

    private protected async Task<string> EventsAsync(string before) =>
        (await Delivery.QueryAsync($"select count(*) filter (where at < '{before} 00:00:00+00') || ' ' || count(*) filter (where at >= '{before} 00:00:00+00') from journal.event"))
        .Single();

    /// <summary>In each month three notes of four parents in partition 2, old and new, and a child of each in partition 1.</summary>
    private protected async Task WriteMonthsAsync(int months = 3)
    {
        RecordedEvent last = null!;
        for (var month = 1; month <= months; month++)
        {
            for (var family = 0; family < 4; family++)
            {
                var parent = new AggregateId("parent", $"p{1 + (family % 2)}/f{(family < 2 ? 0 : month) + family}");
                for (var note = 0; note < 3; note++)
                    await WriteAsync(2, parent, "parent.noted", At(month));
                last = await WriteAsync(1, parent with { Type = "child" }, "child.born", At(month));
            }
        }

        (await Delivery.PassedAsync(last)).ShouldBeTrue();
        await SettledAsync();
    }

    private protected async Task<RecordedEvent> WriteAsync(short partition, AggregateId id, string type, DateTimeOffset at)
    {
        var recorded = Delivery.Writer.Next(partition, id, type);
        recorded = recorded with { At = at.AddSeconds(recorded.Position.Seq) };
        await Delivery.Writer.InsertAsync(recorded);
        Delivery.Observer.OnCommitted([recorded]);
        return recorded;
    }

    /// <summary>Until the stored positions say so too, since a cut goes by them.</summary>
    private protected Task SettledAsync(int orphans = 0) => DeliveryHarness.UntilAsync(async () => (await Delivery.QueryAsync(
        "select c.partition::text from journal.cursor c where exists (select from journal.event e where e.partition = c.partition and e.seq > c.seq)")).Count == 0
        && (await Delivery.QueryAsync("select seq::text from journal.dead_letter")).Count == orphans);
}
