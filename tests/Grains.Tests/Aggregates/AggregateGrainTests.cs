using System.Runtime.CompilerServices;
using System.Text;
using AwoooP.Commands;
using AwoooP.Grains.Tests.Events;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Journal;
using AwoooP.Trust;

namespace AwoooP.Grains.Tests.Aggregates;

/// <summary>The shell of every aggregate, shown on the smallest one, against every way in which a commit can end.</summary>
public sealed class AggregateGrainTests : IAsyncLifetime
{
    private static readonly Guid Command = Guid.Parse("01990000-0000-7000-8000-0000000000aa");
    private readonly ScriptedJournal _journal = new();
    private readonly DomainPlatform _platform;

    public AggregateGrainTests() => _platform = new DomainPlatform(_journal, _journal.Inner);

    private ITrustRecordGrain Grain => GrainOf(_platform);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _platform.DisposeAsync();

    [Fact]
    public async Task Command_WhenCommitted_ChangesMemoryAndAnswersThePosition()
    {
        var result = await RaiseAsync();

        result.ShouldBe(new CommandResult(1, "1.0.1"));
        (await ScoreAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Command_WhenRepeated_AnswersTheFirstOutcomeAndChangesNothing()
    {
        var first = await RaiseAsync(Command);
        await RaiseAsync();
        var second = await RaiseAsync(Command);

        second.ShouldBe(first);
        (await ScoreAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Command_WhenRepeatedAfterAnotherActivationWrote_TakesUpWhatItWrote()
    {
        (await ScoreAsync()).ShouldBe(0);
        CommandResult first;
        await using (var other = new DomainPlatform(_journal.Inner, _journal.Inner))
        {
            first = await RaiseAsync(other, Command);
            await RaiseAsync(other);
        }

        (await RaiseAsync(Command)).ShouldBe(first);

        var reads = _journal.Reads;
        (await ScoreAsync()).ShouldBe(2);
        _journal.Reads.ShouldBe(reads);
    }

    [Fact]
    public async Task Command_WhenStale_IsRefusedUnlessItIsARepeat()
    {
        var first = await RaiseAsync(Command, expectedVersion: 0);

        (await RaiseAsync(expectedVersion: 0)).Refusal!.Kind.ShouldBe(RefusalKind.Stale);
        (await RaiseAsync(Command, expectedVersion: 0)).ShouldBe(first);
        (await ScoreAsync()).ShouldBe(1);
    }

    /// <summary>A value and no fault: whoever sends commands by themselves would otherwise try again for ever.</summary>
    [Fact]
    public async Task Command_WhenTheProjectWasTakenOut_IsRefusedAsNotThere()
    {
        await RaiseAsync();
        _journal.NextEnds(CommitStatus.ProjectRemoved);

        var refusal = (await RaiseAsync()).Refusal!;

        (refusal.Kind, refusal.Code).ShouldBe((RefusalKind.NotFound, "project_not_found"));
        (await ScoreAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Command_WhenVersionConflicts_IsDecidedAgainOnTheNewState()
    {
        await RaiseAsync();
        _journal.NextEnds(CommitStatus.VersionConflict);

        (await RaiseAsync()).Version.ShouldBe(2);
        (await ScoreAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Command_WhenVersionConflictsWithoutEnd_GivesUp()
    {
        for (var i = 0; i < 10; i++)
            _journal.NextEnds(CommitStatus.VersionConflict);

        await Should.ThrowAsync<CommandUnavailableException>(() => RaiseAsync());
        _journal.Commits.ShouldBeLessThan(10);
    }

    [Fact]
    public async Task Command_WhenContentIsRefused_IsARefusalWithTheJournalsCode()
    {
        _journal.NextEnds(CommitStatus.Refused, "state_too_large");

        var result = await RaiseAsync();

        result.Refusal!.Code.ShouldBe("state_too_large");
        result.Refusal.Kind.ShouldBe(RefusalKind.Invalid);
        (await ScoreAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Command_WhenClaimIsTaken_IsAConflict()
    {
        _journal.NextEnds(CommitStatus.ClaimTaken);

        (await RaiseAsync()).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        (await ScoreAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData(CommitStatus.Overloaded, typeof(CommandOverloadedException))]
    [InlineData(CommitStatus.Unavailable, typeof(CommandUnavailableException))]
    [InlineData(CommitStatus.Fenced, typeof(CommandUnavailableException))]
    [InlineData(CommitStatus.Unknown, typeof(CommandOutcomeUnknownException))]
    public async Task Command_WhenNotWritten_ThrowsAndChangesNothing(CommitStatus status, Type fault)
    {
        await RaiseAsync();
        _journal.NextEnds(status);

        (await Should.ThrowAsync<CommandFaultException>(() => RaiseAsync())).ShouldBeOfType(fault);

        (await ScoreAsync()).ShouldBe(1);
        (await RaiseAsync()).Version.ShouldBe(2);
    }

    [Fact]
    public async Task Command_WhenOutcomeWasUnknownButWritten_IsFoundByItsId()
    {
        _journal.NextIsWrittenButEnds(CommitStatus.Unknown);
        await Should.ThrowAsync<CommandOutcomeUnknownException>(() => RaiseAsync(Command));

        var again = await RaiseAsync(Command);

        again.ShouldBe(new CommandResult(1, "1.0.1"));
        (await ScoreAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Read_BetweenTheCommitAndMemory_SeesTheCommit()
    {
        await RaiseAsync();
        var told = new TaskCompletionSource();
        var written = _journal.NextIsWrittenButWaits(told.Task);
        var command = RaiseAsync();
        await written;

        // As a reaction does, that hears of the event from the journal.
        var read = ScoreAsync();
        read.IsCompleted.ShouldBeFalse();
        told.SetResult();

        (await read).ShouldBe(2);
        (await command).Version.ShouldBe(2);
    }

    [Fact]
    public async Task Read_WhenTheOutcomeWasUnknownButWritten_SeesTheCommit()
    {
        _journal.NextIsWrittenButEnds(CommitStatus.Unknown);
        await Should.ThrowAsync<CommandOutcomeUnknownException>(() => RaiseAsync());

        (await ScoreAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Call_WithoutContext_FailsClosed()
    {
        CallContext.Current = null;

        await Should.ThrowAsync<CallContextException>(() => Grain.GetAsync(CancellationToken.None));
        await Should.ThrowAsync<CallContextException>(() => Grain.RecordVerdictAsync(new RecordVerdict(true, "ann"), CancellationToken.None));
    }

    [Fact]
    public async Task Call_OfAnotherProject_FailsClosed()
    {
        CallContext.Current = new CallContext { ProjectId = "other", Actor = "eve" };

        await Should.ThrowAsync<CallContextException>(() => Grain.GetAsync(CancellationToken.None));
        await Should.ThrowAsync<CallContextException>(() => Grain.RecordVerdictAsync(new RecordVerdict(true, "eve"), CancellationToken.None));
        _journal.Commits.ShouldBe(0);
    }

    [Fact]
    public async Task Activation_WhenSnapshotHasAnUnknownShape_RefoldsTheEvents()
    {
        await RaiseAsync();
        await RaiseAsync();
        var journal = new ReshapedJournal(_journal.Inner, snapshot => snapshot with { StateVersion = 99, State = "[]"u8.ToArray() });
        await using var platform = new DomainPlatform(journal, _journal.Inner);

        (await platform.AsAsync("ann", GrainOf(platform).GetAsync)).ShouldBe(new TrustView(2, "restart:web", 2, 2, 0));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Activation_WhenSnapshotHasAnUnknownShapeAndItsEventsWereCut_NamesTheCut(long firstKept)
    {
        await RaiseAsync();
        await RaiseAsync();
        _journal.Inner.Cut = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var journal = new ReshapedJournal(_journal.Inner, snapshot => snapshot with { StateVersion = 99, State = "[]"u8.ToArray() }, firstKept: firstKept);
        await using var platform = new DomainPlatform(journal, _journal.Inner);

        var fault = await Should.ThrowAsync<CommandHistoryCutException>(() => platform.AsAsync("ann", GrainOf(platform).GetAsync));

        fault.Message.ShouldContain("2026-03-01");
        fault.Code.ShouldBe("history_cut");
    }

    [Theory]
    [InlineData("trust.reviewed", 1)]
    [InlineData("trust.raised", 99)]
    public async Task Activation_WhenANewerBuildWroteSnapshotAndEvents_IsAVersionMismatch(string type, int version)
    {
        await RaiseAsync();
        await RaiseAsync();
        var journal = new ReshapedJournal(
            _journal.Inner,
            snapshot => snapshot with { StateVersion = 99, State = "[]"u8.ToArray() },
            recorded => recorded.Version == 2 ? recorded with { Type = type, TypeVersion = version } : recorded);
        await using var platform = new DomainPlatform(journal, _journal.Inner);

        var fault = await Should.ThrowAsync<CommandVersionMismatchException>(() => platform.AsAsync("ann", GrainOf(platform).GetAsync));

        fault.Code.ShouldBe("version_mismatch");
        fault.Message.ShouldContain($"{type} version {version}");
        await Should.ThrowAsync<CommandVersionMismatchException>(() => RaiseAsync(platform));
        _journal.Inner.Events.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Activation_WhenItsEventsWereCutAndTheShapeIsKnown_ReadsTheSnapshot()
    {
        await RaiseAsync();
        await RaiseAsync();
        var journal = new ReshapedJournal(_journal.Inner, static snapshot => snapshot, firstKept: 3);
        await using var platform = new DomainPlatform(journal, _journal.Inner);

        (await platform.AsAsync("ann", GrainOf(platform).GetAsync)).ShouldBe(new TrustView(2, "restart:web", 2, 2, 0));
        (await platform.AsAsync("ann", token => GrainOf(platform).RecordVerdictAsync(new RecordVerdict(true, "ann"), token))).Version.ShouldBe(3);
    }

    [Fact]
    public async Task Activation_WhenSnapshotAndEventsAreOfAnOlderBuild_RefoldsTheUpcastEvents()
    {
        await RaiseAsync();
        await RaiseAsync();
        var journal = new ReshapedJournal(
            _journal.Inner,
            snapshot => snapshot with { StateVersion = 0, State = """{"points":2}"""u8.ToArray() },
            recorded => recorded with { TypeVersion = 1, Data = Encoding.UTF8.GetBytes($$"""{"pattern":"restart:web","score":{{recorded.Version}},"by":"ann"}""") });
        await using var platform = new DomainPlatform(journal, _journal.Inner, ReshapedTrust.Catalog);
        var grain = GrainOf(platform);

        (await platform.AsAsync("ann", grain.GetAsync)).ShouldBe(new TrustView(2, "restart:web", 2, 2, 0));
        (await platform.AsAsync("ann", token => grain.RecordVerdictAsync(new RecordVerdict(true, "ann"), token))).Version.ShouldBe(3);
        _journal.Inner.Events[^1].TypeVersion.ShouldBe(ReshapedTrust.Raised.Version);
    }

    private static Task<CommandResult> RaiseAsync(DomainPlatform platform, Guid? commandId = null, long? expectedVersion = null) =>
        platform.AsAsync("ann", token => GrainOf(platform).RecordVerdictAsync(new RecordVerdict(true, "ann"), token), commandId, expectedVersion);

    private static ITrustRecordGrain GrainOf(DomainPlatform platform) =>
        platform.Grains.GetGrain<ITrustRecordGrain>($"{DomainPlatform.Project}/restart:web");

    private Task<CommandResult> RaiseAsync(Guid? commandId = null, long? expectedVersion = null) => RaiseAsync(_platform, commandId, expectedVersion);

    private async Task<int> ScoreAsync() => (await _platform.AsAsync("ann", Grain.GetAsync)).Score;

    /// <summary>Gives what was written as another build left it.</summary>
    /// <param name="firstKept">Events of a version before this one have left the log.</param>
    private sealed class ReshapedJournal(
        InMemoryJournal inner, Func<Snapshot, Snapshot> snapshots, Func<RecordedEvent, RecordedEvent>? events = null, long firstKept = 1) : IJournal
    {
        public async ValueTask<Snapshot?> ReadAsync(AggregateId id, CancellationToken cancellationToken) =>
            await inner.ReadAsync(id, cancellationToken) is { } snapshot ? snapshots(snapshot) : null;

        public ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken) => inner.CommitAsync(commit, cancellationToken);

        public ValueTask<ReadOnlyMemory<byte>?> FindCommandAsync(AggregateId id, Guid commandId, CancellationToken cancellationToken) =>
            inner.FindCommandAsync(id, commandId, cancellationToken);

        public ValueTask<IReadOnlyList<string>> FindClaimsAsync(string projectId, string kind, CancellationToken cancellationToken) =>
            inner.FindClaimsAsync(projectId, kind, cancellationToken);

        public async IAsyncEnumerable<RecordedEvent> ReadEventsAsync(AggregateId id, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var recorded in inner.ReadEventsAsync(id, Math.Max(afterVersion, firstKept - 1), cancellationToken))
                yield return events is null ? recorded : events(recorded);
        }

        public ValueTask<DateTimeOffset?> FindCutAsync(CancellationToken cancellationToken) => inner.FindCutAsync(cancellationToken);
    }
}
