using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Reactions;

namespace AwoooP.Budgets;

/// <summary>
/// Carries the word of the project's account to the others that a call was reserved in. What each is told is the change, so that a charge which a late
/// settlement replaces counts once. Command ids derive from the event, so a redelivery changes nothing.
/// </summary>
internal sealed class BudgetReactions(IGrainFactory grains, EventCatalog events) : Reaction(events)
{
    public override string Name => "budgets";

    protected override IReadOnlyList<Type> Handled { get; } = [typeof(SpendingSettled), typeof(SpendingReleased), typeof(ReservationExpired)];

    protected override Task ReactAsync(RecordedEvent recorded, object data, CancellationToken cancellationToken)
    {
        // The other accounts say the same of themselves.
        if (recorded.Id.LocalKey != BudgetAccount.Project)
            return Task.CompletedTask;

        return data switch
        {
            SpendingSettled settled => SettleAsync(
                recorded,
                new SettleSpending(settled.CallId, settled.Actual - settled.Charged, settled.PromptTokens, settled.CompletionTokens, settled.Call),
                cancellationToken),
            ReservationExpired expired => SettleAsync(recorded, new SettleSpending(expired.CallId, expired.Charged, 0, 0, expired.Call), cancellationToken),
            SpendingReleased released => ToOthersAsync(
                recorded, released.Call, (account, token) => account.ReleaseAsync(new ReleaseSpending(released.CallId, released.Reason), token), cancellationToken),
            _ => throw new InvalidOperationException($"{Name} was given {data.GetType().Name}."),
        };
    }

    private Task SettleAsync(RecordedEvent recorded, SettleSpending command, CancellationToken cancellationToken) =>
        ToOthersAsync(recorded, command.Call, (account, token) => account.SettleAsync(command, token), cancellationToken);

    private async Task ToOthersAsync(
        RecordedEvent recorded, ModelCall call, Func<IBudgetGrain, CancellationToken, Task<CommandResult>> send, CancellationToken cancellationToken)
    {
        var step = 0;
        foreach (var account in BudgetAccount.Of(call).Where(static account => account != BudgetAccount.Project))
        {
            var grain = grains.GetGrain<IBudgetGrain>($"{recorded.Id.ProjectId}/{account}");
            await SendAsync(recorded, step++, token => send(grain, token), cancellationToken);
        }
    }
}
