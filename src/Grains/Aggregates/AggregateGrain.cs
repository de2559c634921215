using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Journal;

namespace AwoooP.Aggregates;

/// <summary>
/// A grain whose memory is a fold of its events. A command is decided on the pure core, its events and the new snapshot are
/// committed in one transaction, and only then does memory change and the caller get its answer.
/// </summary>
/// <remarks>
/// Every command needs a <see cref="CallContext"/> of the key's project; work without one fails closed.
/// Expected refusals are values; what the infrastructure does is a <see cref="CommandFaultException"/>.
/// </remarks>
public abstract class AggregateGrain<TState, TEvent>(AggregateServices services) : Grain, IAggregateGrain
    where TState : class, IAggregateState<TState, TEvent>
    where TEvent : class
{
    private const int MaxDecisions = 4;

    private readonly List<NewEvent> _raised = [];
    private AggregateId _id;
    private TState _next = TState.Initial;
    private DateTimeOffset _now;
    private bool _mustReload;
    private TaskCompletionSource? _committing;

    /// <summary>The committed state, for the turn of a command or wake-up; a read that may interleave uses <see cref="ReadAsync"/>.</summary>
    protected TState State { get; private set; } = TState.Initial;

    /// <summary>How many events the aggregate has; 0 when it does not exist.</summary>
    protected long Version { get; private set; }

    protected AggregateId Id => _id;

    /// <summary>Who calls. Throws when there is no call context, or one of another project.</summary>
    protected CallContext Caller
    {
        get
        {
            var call = CallContext.Current ?? throw new CallContextException($"{_id} was called without a call context.");
            return string.Equals(call.ProjectId, _id.ProjectId, StringComparison.Ordinal)
                ? call
                : throw new CallContextException($"{_id} was called for another project.");
        }
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = new AggregateId(TState.AggregateType, this.GetPrimaryKeyString());
        await LoadAsync(cancellationToken);
    }

    public virtual async Task WakeAsync(string name, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        // The wake-up is due by the clock of the server that fired it; this silo's view of that clock may lag a little.
        var result = await ExecuteAsync((state, now) => OnWake(state, name, dueAt, now < dueAt ? dueAt : now), cancellationToken);
        if (result.Refusal is { } refusal)
            AggregateLog.WakeRefused(services.Logger, _id, name, refusal.Code);
    }

    /// <summary>Decides what a due wake-up leads to. It may come more than once; the decision must clear or move it.</summary>
    protected virtual Decision<TEvent> OnWake(TState state, string name, DateTimeOffset dueAt, DateTimeOffset now) => Decision<TEvent>.Nothing;

    /// <summary>
    /// A view of the committed state for a reader who may see it. While a commit is under way it waits: whoever heard of an event,
    /// as reactions do before memory has taken it up, never reads a state without it.
    /// </summary>
    protected async Task<TView> ReadAsync<TView>(Func<TState, long, TView> view, CancellationToken cancellationToken)
    {
        _ = Caller;
        while (_committing is { } committing)
            await committing.Task.WaitAsync(cancellationToken);
        if (!_mustReload)
            return view(State, Version);

        // Memory is in doubt, and a turn of its own will load it again; the journal knows.
        var (state, version) = await FetchAsync(cancellationToken);
        return view(state, version);
    }

    /// <summary>The names of a kind that aggregates of the project hold. By the time it is answered others may hold more; a commit tells.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    protected async Task<IReadOnlyList<string>> FindClaimsAsync(string kind, CancellationToken cancellationToken) =>
        await services.Journal.FindClaimsAsync(_id.ProjectId, kind, cancellationToken);

    /// <summary>The way of every command: check the caller, decide on the pure core, commit, then answer.</summary>
    /// <param name="decide">Pure: it may run again on a newer state.</param>
    /// <exception cref="CommandFaultException">The command was not, or not surely, carried out.</exception>
    protected async Task<CommandResult> ExecuteAsync(
        Func<TState, DateTimeOffset, Decision<TEvent>> decide,
        CancellationToken cancellationToken,
        [CallerMemberName] string command = "")
    {
        var call = Caller;
        if (call.Depth > JournalLimits.MaxDepth)
            throw new CallContextException($"The chain of reactions that leads to {_id} is deeper than {JournalLimits.MaxDepth}.");

        using var activity = StartActivity(command);
        for (var attempt = 1; attempt <= MaxDecisions; attempt++)
        {
            if (_mustReload)
                await LoadAsync(cancellationToken);
            Discard();

            var decision = call.ExpectedVersion is { } expected && expected != Version
                ? CommandRefusals.Stale(expected, Version)
                : decide(State, _now);
            if (decision.Events.IsEmpty)
                return await AnswerWithoutCommitAsync(call, decision, cancellationToken);

            foreach (var raised in decision.Events)
                Raise(raised);
            if (await CommitAsync(call, decision, cancellationToken) is { } result)
                return result;

            AggregateLog.Conflicted(services.Logger, _id, Version, attempt);
        }

        throw new CommandUnavailableException($"{_id} is being written by another; the command was given up after {MaxDecisions} tries.");
    }

    /// <summary>Adds an event to the next commit and folds it into the next state; what <see cref="State"/> shows is unchanged until then.</summary>
    protected void Raise(TEvent raised)
    {
        var type = services.Events.Of(raised);
        _next = _next.Apply(raised, _now);
        _raised.Add(new NewEvent(type.Name, type.Version, type.Encode(raised)));
    }

    /// <summary>Commits what was raised. For shells that need more than <see cref="ExecuteAsync"/>; a conflict is the caller's to decide again.</summary>
    /// <exception cref="CommandFaultException">Nothing, or nothing certain, was written.</exception>
    protected async Task<CommandResult> CommitAsync(CancellationToken cancellationToken) =>
        await CommitAsync(Caller, Decision<TEvent>.Nothing, cancellationToken)
            ?? throw new CommandUnavailableException($"{_id} was written by another.");

    /// <returns>Null on a version conflict: reload and decide again.</returns>
    private async Task<CommandResult?> CommitAsync(CallContext call, Decision<TEvent> decision, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var committing = _committing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            return await CommitRaisedAsync(call, decision, cancellationToken);
        }
        finally
        {
            _committing = null;
            committing.SetResult();
        }
    }

    private async Task<CommandResult?> CommitRaisedAsync(CallContext call, Decision<TEvent> decision, CancellationToken cancellationToken)
    {
        var result = new CommandResult(Version + _raised.Count);
        var commit = new Commit
        {
            Id = _id,
            ExpectedVersion = Version,
            Events = [.. _raised],
            State = JsonBytes.Serialize(_next, TState.Json),
            StateVersion = TState.StateVersion,
            Actor = call.Actor,
            At = _now,
            TraceId = call.TraceId,
            Causation = Position.TryParse(call.Causation, out var causation) ? causation : null,
            Depth = call.Depth,
            CommandId = call.CommandId,
            CommandOutcome = call.CommandId is null ? default : JsonBytes.Serialize(result, CommandJson.Default.CommandResult),
            Wakes = decision.Wakes,
            Claims = [.. decision.Claims.Select(claim => claim.Change)],
        };

        CommitOutcome outcome;
        _mustReload = true;
        try
        {
            // Past this point the write may become durable, so the caller's patience no longer ends it.
            outcome = await services.Journal.CommitAsync(commit, CancellationToken.None);
        }
        catch (Exception)
        {
            Drop(CommitStatus.Unknown);
            throw;
        }

        switch (outcome.Status)
        {
            case CommitStatus.Committed:
                Adopt();
                return result with { Position = outcome.Position.ToString() };
            case CommitStatus.Repeated:
                // The first one may have been written by another activation: memory can be older than the journal.
                await LoadAsync(cancellationToken);
                return await FirstAnswerAsync(outcome.FirstOutcome, cancellationToken);
            case CommitStatus.Refused:
                _mustReload = false;
                AggregateLog.CommitRefused(services.Logger, _id, outcome.Code);
                return Refuse(new Refusal(RefusalKind.Invalid, outcome.Code ?? "commit_refused", "The journal refused the content of the change."));
            case CommitStatus.ClaimTaken:
                _mustReload = false;
                return Refuse(WhenTaken(decision, outcome));
            case CommitStatus.VersionConflict:
                return null;
            case CommitStatus.ProjectRemoved:
                // What memory holds is of a project that is gone, and no repeat can change it: a value, so that nobody tries again for ever.
                Drop(outcome.Status);
                return Refuse(CommandRefusals.ProjectRemoved);
            case CommitStatus.Overloaded:
                _mustReload = false;
                throw new CommandOverloadedException($"The journal's queue is full; {_id} is unchanged.");
            case CommitStatus.Unavailable:
                _mustReload = false;
                throw new CommandUnavailableException($"The journal cannot be reached; {_id} is unchanged.");
            case CommitStatus.Fenced:
                Drop(outcome.Status);
                throw new CommandUnavailableException($"This silo may no longer write {_id}.");
            default:
                Drop(outcome.Status);
                throw new CommandOutcomeUnknownException($"The connection broke while {_id} was committed; a repeat with the same command id tells the outcome.");
        }
    }

    private async Task<CommandResult> AnswerWithoutCommitAsync(CallContext call, Decision<TEvent> decision, CancellationToken cancellationToken)
    {
        if (!decision.Wakes.IsEmpty || !decision.Claims.IsEmpty)
            throw new InvalidOperationException($"{_id} decided to change wake-ups or claims without an event.");

        // A repeat is told from a fresh refusal here: on a state that the first one changed, the same command may well be illegal.
        if (call.CommandId is { } commandId && await services.Journal.FindCommandAsync(_id, commandId, cancellationToken) is { } first)
            return await FirstAnswerAsync(first, cancellationToken);

        return decision.Refusal is { } refusal ? Refuse(refusal) : new CommandResult(Version);
    }

    /// <summary>The first outcome was stored before its position was known; the position is that of the event of its version.</summary>
    private async Task<CommandResult> FirstAnswerAsync(ReadOnlyMemory<byte> stored, CancellationToken cancellationToken)
    {
        var first = JsonSerializer.Deserialize(stored.Span, CommandJson.Default.CommandResult)
            ?? throw new InvalidOperationException($"{_id} has a command outcome that is null.");
        await foreach (var recorded in services.Journal.ReadEventsAsync(_id, first.Version - 1, cancellationToken))
            return first with { Position = recorded.Position.ToString() };

        return first;
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        (State, Version) = await FetchAsync(cancellationToken);
        _mustReload = false;
        Discard();
    }

    private async Task<(TState State, long Version)> FetchAsync(CancellationToken cancellationToken) =>
        await services.Journal.ReadAsync(_id, cancellationToken) switch
        {
            null => (TState.Initial, 0),
            { StateVersion: var shape } snapshot when shape == TState.StateVersion => (Deserialize(snapshot), snapshot.Version),
            { } older => await RefoldAsync(older, cancellationToken),
        };

    private TState Deserialize(Snapshot snapshot) => JsonSerializer.Deserialize(snapshot.State.Span, TState.Json)
        ?? throw new InvalidOperationException($"{_id} has a snapshot that is null.");

    private async Task<(TState State, long Version)> RefoldAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        AggregateLog.Refolding(services.Logger, _id, snapshot.StateVersion, TState.StateVersion);
        var state = TState.Initial;
        var version = 0L;
        await foreach (var recorded in services.Journal.ReadEventsAsync(_id, 0, cancellationToken))
        {
            if (recorded.Version != version + 1)
                break;
            if (!services.Events.Knows(recorded.Type, recorded.TypeVersion))
            {
                throw new CommandVersionMismatchException(
                    $"{_id} has {recorded.Type} version {recorded.TypeVersion} at {recorded.Position}, which a newer build has written.");
            }

            state = state.Apply((TEvent)services.Events.Decode(recorded.Type, recorded.TypeVersion, recorded.Data.Span), recorded.At);
            version = recorded.Version;
        }

        if (version >= snapshot.Version)
            return (state, version);

        throw await services.Journal.FindCutAsync(cancellationToken) is { } cut
            ? (Exception)new CommandHistoryCutException(string.Create(
                CultureInfo.InvariantCulture,
                $"{_id} has a snapshot of shape {snapshot.StateVersion}, not {TState.StateVersion}, and cannot be refolded: its events before {cut.UtcDateTime:yyyy-MM-dd} have left the log."))
            : new InvalidOperationException($"{_id} has events up to {version} and a snapshot of {snapshot.Version}.");
    }

    private void Adopt()
    {
        foreach (var raised in _raised)
            AggregateTelemetry.Committed(raised.Type);

        State = _next;
        Version += _raised.Count;
        _mustReload = false;
        Discard();
        if (State.IsEnded)
            DeactivateOnIdle();
    }

    /// <summary>Forgets what was raised and takes the time of the next decision, to the microsecond that the journal keeps.</summary>
    private void Discard()
    {
        var now = services.Clock.Now.ToUniversalTime();
        _now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        _next = State;
        _raised.Clear();
    }

    private void Drop(CommitStatus status)
    {
        AggregateLog.Dropped(services.Logger, _id, Version, status);
        DeactivateOnIdle();
    }

    private CommandResult Refuse(Refusal refusal)
    {
        AggregateTelemetry.Refused(_id.Type, refusal.Code);
        return CommandResult.Refuse(Version, refusal);
    }

    private static Refusal WhenTaken(Decision<TEvent> decision, CommitOutcome outcome)
    {
        var taken = decision.Claims.FirstOrDefault(claim => claim.Change == outcome.Claim);
        return taken.WhenTaken ?? new Refusal(RefusalKind.Conflict, "claim_taken", "A name that must be unique is held by another.");
    }

    private Activity? StartActivity(string command)
    {
        if (!AggregateTelemetry.Source.HasListeners())
            return null;

        var activity = AggregateTelemetry.Source.StartActivity(command);
        activity?.SetTag("grain.type", _id.Type);
        return activity;
    }
}
