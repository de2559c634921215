namespace AwoooP.Journal;

/// <summary>
/// One aggregate's atomic write: its events, its new snapshot, and the wake-ups, claims and command outcome that go with them.
/// All of it becomes durable together, guarded by <see cref="ExpectedVersion"/>, or nothing does.
/// </summary>
public sealed record Commit
{
    public required AggregateId Id { get; init; }

    /// <summary>The version that the decision was made on; 0 for an aggregate that does not exist yet.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>At least one. Each raises the version by one, in order.</summary>
    public required IReadOnlyList<NewEvent> Events { get; init; }

    /// <summary>The snapshot after the events: JSON, at most <see cref="JournalLimits.MaxStateBytes"/>.</summary>
    public required ReadOnlyMemory<byte> State { get; init; }

    /// <summary>The shape of the snapshot; an unknown shape is refolded from events when it is read.</summary>
    public required int StateVersion { get; init; }

    /// <summary>Who acted: an operator's id, <c>agent:{id}</c> or <c>platform</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>The durable time of the commit (PostgreSQL's clock, followed by offset).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>W3C trace id, 32 lower-case hex digits; null when the work was not traced.</summary>
    public string? TraceId { get; init; }

    /// <summary>The event that caused this commit, when a reaction did; its depth is one less than this commit's.</summary>
    public Position? Causation { get; init; }

    public int Depth { get; init; }

    /// <summary>When set, a second commit of the same id answers <see cref="CommitStatus.Repeated"/> with the first one's <see cref="CommandOutcome"/>.</summary>
    public Guid? CommandId { get; init; }

    /// <summary>What the command answered: JSON, given back when the command is repeated.</summary>
    public ReadOnlyMemory<byte> CommandOutcome { get; init; }

    public IReadOnlyList<WakeChange> Wakes { get; init; } = [];

    public IReadOnlyList<ClaimChange> Claims { get; init; } = [];

    /// <summary>One of the events as the log holds it, once the commit's last one stands at <paramref name="last"/>.</summary>
    public RecordedEvent Recorded(int index, Position last) => new()
    {
        Position = last with { Seq = last.Seq - Events.Count + index + 1 },
        Id = Id,
        Version = ExpectedVersion + index + 1,
        Type = Events[index].Type,
        TypeVersion = Events[index].TypeVersion,
        Data = Events[index].Data,
        Actor = Actor,
        At = At,
        TraceId = TraceId,
        CommandId = CommandId,
        Causation = Causation,
        Depth = Depth,
    };
}

/// <summary>An event before it has a position. <paramref name="Data"/> is JSON.</summary>
public readonly record struct NewEvent(string Type, int TypeVersion, ReadOnlyMemory<byte> Data);

/// <summary>Sets the named wake-up of the aggregate, or clears it when <paramref name="DueAt"/> is null. With a period it repeats until cleared.</summary>
public readonly record struct WakeChange(string Name, DateTimeOffset? DueAt, TimeSpan? Period = null)
{
    /// <summary>When a wake-up that repeats is due next: the first multiple of the period that lies after now, so what was missed fires once.</summary>
    public static DateTimeOffset NextDue(DateTimeOffset dueAt, TimeSpan period, DateTimeOffset now)
    {
        var missed = now < dueAt ? 0 : (now - dueAt).Ticks / period.Ticks;
        return dueAt + (period * (missed + 1));
    }
}

/// <summary>Takes a name that must be unique within the tenant, or gives it back.</summary>
public readonly record struct ClaimChange(string Kind, string Key, bool Release = false);
