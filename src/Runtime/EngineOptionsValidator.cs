using Microsoft.Extensions.Options;

namespace AwoooP.Runtime;

internal sealed class EngineOptionsValidator : IValidateOptions<EngineOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    // What a timer of the framework can be set to.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    public ValidateOptionsResult Validate(string? name, EngineOptions options)
    {
        var faults = new List<string>();
        Span(options.CallTimeout, nameof(options.CallTimeout));
        Span(options.ActivationTimeout, nameof(options.ActivationTimeout));
        Span(options.DeactivationTimeout, nameof(options.DeactivationTimeout));
        Span(options.IdleTimeout, nameof(options.IdleTimeout));
        Span(options.CollectionInterval, nameof(options.CollectionInterval));
        Span(options.DrainTimeout, nameof(options.DrainTimeout));
        Count(options.MaxActivations, nameof(options.MaxActivations));
        Count(options.MailboxLimit, nameof(options.MailboxLimit));
        Span(options.ParkLimit, nameof(options.ParkLimit));
        Count(options.MaxParkedCalls, nameof(options.MaxParkedCalls));
        Count(options.MaxParkedCallsPerSilo, nameof(options.MaxParkedCallsPerSilo));
        Count(options.MaxCallsToSilo, nameof(options.MaxCallsToSilo));
        Count(options.MaxCallsFromSilo, nameof(options.MaxCallsFromSilo));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Span(TimeSpan value, string property)
        {
            if (value < Shortest || value > Longest)
                faults.Add($"{nameof(EngineOptions)}.{property} must be from {Shortest} to {Longest}, and is {value}.");
        }

        void Count(int value, string property)
        {
            if (value < 1)
                faults.Add($"{nameof(EngineOptions)}.{property} must be at least 1, and is {value}.");
        }
    }
}
