namespace AwoooP.Commands;

/// <summary>
/// Who calls, for which tenant and why. It travels beside every call in the engine's request context,
/// so no grain method carries it by hand; work without it fails closed.
/// </summary>
public sealed record CallContext
{
    /// <summary>What it is called among the values of a request context.</summary>
    public const string Key = "awooop.call";

    public required string ProjectId { get; init; }

    /// <summary>An operator's id, <c>agent:{id}</c>, <c>worker:{id}</c> or <c>platform</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>W3C trace id, 32 lower-case hex digits.</summary>
    public string? TraceId { get; init; }

    /// <summary>When set, repeating the call answers its first outcome.</summary>
    public Guid? CommandId { get; init; }

    /// <summary>From If-Match: the command is refused as stale when the aggregate has another version.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>The log position of the event that a reaction acts on.</summary>
    public string? Causation { get; init; }

    /// <summary>How many reactions lie between this call and its first cause.</summary>
    public int Depth { get; init; }

    /// <summary>The context of the current call, or null outside of one.</summary>
    public static CallContext? Current
    {
        get => RequestContext.Get(Key) as CallContext;
        set
        {
            if (value is null)
                RequestContext.Remove(Key);
            else
                RequestContext.Set(Key, value);
        }
    }

    /// <summary>Whether a call may be sent again though it may have run: the first outcome of a command is remembered.</summary>
    /// <param name="get">The values that travel with the call, by name.</param>
    public static bool IsRepeatable(Func<string, object?> get) => get(Key) is CallContext { CommandId: not null };
}
