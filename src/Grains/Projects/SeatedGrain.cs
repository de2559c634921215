using System.Globalization;
using System.Runtime.CompilerServices;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Projects;

/// <summary>A grain of which a project may have only so many that are active.</summary>
internal abstract class SeatedGrain<TState, TEvent>(AggregateServices services) : AggregateGrain<TState, TEvent>(services)
    where TState : class, IAggregateState<TState, TEvent>
    where TEvent : class
{
    /// <summary>Of those who meet at one place one gets it, so each loss is another's gain; whoever lost this often is told to come again.</summary>
    private const int MaxTries = 32;

    /// <summary>A command that makes the grain active, with the place that it may take for it.</summary>
    /// <param name="decide">Pure: it may run again, on a newer state or with another place.</param>
    protected async Task<CommandResult> ExecuteSeatedAsync(
        Quota quota, Func<TState, DateTimeOffset, Seat, Decision<TEvent>> decide, CancellationToken cancellationToken, [CallerMemberName] string command = "")
    {
        for (var attempt = 0u; attempt < MaxTries; attempt++)
        {
            var seat = await FindSeatAsync(quota, attempt, cancellationToken);
            var result = await ExecuteAsync((state, now) => decide(state, now, seat), cancellationToken, command);
            if (result.Refusal?.Code != Seat.Taken.Code)
                return result;
        }

        throw new CommandUnavailableException($"{Id} met others at every place of {quota.Name} that it tried; it is unchanged.");
    }

    private async Task<Seat> FindSeatAsync(Quota quota, uint attempt, CancellationToken cancellationToken)
    {
        var project = await GrainFactory.FindProjectAsync(cancellationToken);
        var bound = project is null ? null : quota.Of(project.Configuration.Quotas);
        int[] held = [.. (await FindClaimsAsync(quota.Name, cancellationToken)).Select(static key => int.Parse(key, NumberStyles.None, CultureInfo.InvariantCulture))];
        return Seat.Find(quota, bound, held, unchecked((uint)Id.Key.GetHashCode(StringComparison.Ordinal) + attempt));
    }
}
