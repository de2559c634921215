using System.Diagnostics.Metrics;
using AwoooP.Journal.Commits;
using AwoooP.Journal.Reports;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Tests.Reports;

public sealed class PartitionLoadTests : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    private readonly FakeClock _clock = new();
    private readonly Warnings _warnings = new();
    private readonly ServiceProvider _services;
    private readonly CommitMetrics _commits;
    private readonly PartitionLoad _load;

    public PartitionLoadTests()
    {
        _services = new ServiceCollection()
            .AddMetrics()
            .AddLogging(logging => logging.AddProvider(_warnings))
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton(new CommitQueue(1))
            .AddSingleton<CommitMetrics>()
            .AddSingleton<HotPartitionWatch>()
            .AddSingleton<PartitionLoad>()
            .BuildServiceProvider();
        _commits = _services.GetRequiredService<CommitMetrics>();
        _load = _services.GetRequiredService<PartitionLoad>();
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Look_AfterCommits_TellsTheBusiestFirstOfThoseThatAreDurable()
    {
        Commit(3, 10);
        Commit(200, 30);
        Commit(7, 40, CommitStatus.Fenced);

        Look().ShouldBe([new HotPartition(200, 15), new HotPartition(3, 5)]);
        Look().ShouldBeEmpty();
    }

    [Fact]
    public void Look_AfterCommitsInMorePartitionsThanAreTold_LeavesOutTheIdlest()
    {
        for (short partition = 0; partition <= SiloReport.MaxHot; partition++)
            Commit(partition, 2 * (partition + 1));

        var told = Look();

        told.Count.ShouldBe(SiloReport.MaxHot);
        told.ShouldNotContain(static hot => hot.Partition == 0);
    }

    [Fact]
    public void Share_OfTheBusiest_IsToldWhileThereIsMuchToDo()
    {
        ReadShare().ShouldBe(0);

        Commit(1, 75);
        Commit(2, 25);
        Look();
        ReadShare().ShouldBe(0.75);

        Commit(1, 3);
        Look();
        ReadShare().ShouldBe(0, "three commits say nothing");
    }

    [Fact]
    public void Warning_OfAPartitionThatStaysHot_IsWrittenOnceItHasLasted()
    {
        KeepHot(9, HotPartitionWatch.WarnAfter);
        _warnings.Written.ShouldBeEmpty();

        KeepHot(9, HotPartitionWatch.WarnAfter);

        _warnings.Written.ShouldHaveSingleItem().ShouldContain("Partition 9 ");
    }

    [Fact]
    public void Warning_OfPartitionsThatAreHotInTurn_IsNotWritten()
    {
        for (var turn = 0; turn < 4; turn++)
        {
            KeepHot(9, HotPartitionWatch.WarnAfter);
            KeepHot(10, HotPartitionWatch.WarnAfter);
        }

        _warnings.Written.ShouldBeEmpty();
    }

    /// <summary>Busy at every look: from the first to the last of them it is a beat less than so long.</summary>
    private void KeepHot(short partition, TimeSpan length)
    {
        for (var passed = TimeSpan.Zero; passed < length; passed += Beat)
        {
            Commit(partition, 100);
            Commit(100, 20);
            Look();
        }
    }

    private void Commit(short partition, int count, CommitStatus status = CommitStatus.Committed)
    {
        for (var commit = 0; commit < count; commit++)
            _commits.Settled(partition, _clock.GetTimestamp(), status);
    }

    private IReadOnlyList<HotPartition> Look()
    {
        _clock.Advance(Beat);
        return _load.Look();
    }

    private double ReadShare()
    {
        var share = double.NaN;
        var meters = _services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name == "awooop.journal.partition.busiest_share")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => share = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return share;
    }
}
