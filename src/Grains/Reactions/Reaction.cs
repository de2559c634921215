using System.Collections.Frozen;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;

namespace AwoooP.Reactions;

/// <summary>
/// The base of all reactions: decodes the event, and sends commands as the platform, in the event's project and trace, with ids that derive from its position.
/// </summary>
public abstract class Reaction(EventCatalog events) : IReaction
{
    private FrozenSet<string>? _eventTypes;

    public abstract string Name { get; }

    public IReadOnlySet<string> EventTypes => _eventTypes ??= Handled.Select(events.NameOf).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The events that it reacts to.</summary>
    protected abstract IReadOnlyList<Type> Handled { get; }

    public async ValueTask ReactAsync(RecordedEvent recorded, CancellationToken cancellationToken)
    {
        if (recorded.Depth >= JournalLimits.MaxDepth)
            throw new DeterministicFaultException($"{Name} stops at {recorded.Position}: the chain of reactions is {JournalLimits.MaxDepth} deep.");

        var data = events.Decode(recorded.Type, recorded.TypeVersion, recorded.Data.Span);
        CallContext.Current = ContextOf(recorded);
        await ReactAsync(recorded, data, cancellationToken);
    }

    /// <summary>The call context is set for reads; each command gets its own by <see cref="SendAsync"/>.</summary>
    protected abstract Task ReactAsync(RecordedEvent recorded, object data, CancellationToken cancellationToken);

    /// <summary>Sends one command of the reaction. A redelivered event sends the same id, so the receiver answers its first outcome.</summary>
    /// <param name="step">Which of the reaction's commands for this event; 0 when it sends one.</param>
    /// <param name="tolerated">Codes of refusals that are an answer too. Others that no retry can cure dead-letter the event; the world having moved on does not.</param>
    protected async Task<CommandResult> SendAsync(
        RecordedEvent recorded,
        int step,
        Func<CancellationToken, Task<CommandResult>> send,
        CancellationToken cancellationToken,
        params IReadOnlyList<string> tolerated)
    {
        CallContext.Current = ContextOf(recorded) with { CommandId = ReactionCommandId.From(recorded.Position, Name, step) };
        var result = await send(cancellationToken);
        return result.Refusal is { Kind: RefusalKind.Invalid or RefusalKind.Forbidden or RefusalKind.NotFound } refusal && !tolerated.Contains(refusal.Code)
            ? throw new DeterministicFaultException($"{Name} was refused at {recorded.Position}: {refusal.Code}.")
            : result;
    }

    private static CallContext ContextOf(RecordedEvent recorded) => new()
    {
        ProjectId = recorded.Id.ProjectId,
        Actor = Actors.Platform,
        TraceId = recorded.TraceId,
        Causation = recorded.Position.ToString(),
        Depth = recorded.Depth + 1,
    };
}
