namespace AwoooP.Journal.Intake;

/// <param name="RetryAfter">Set with <see cref="IntakeStatus.Overloaded"/>: when there is likely to be room, in whole seconds.</param>
public readonly record struct IntakeOutcome(IntakeStatus Status, TimeSpan? RetryAfter = null);

public enum IntakeStatus
{
    None = 0,

    /// <summary>Durable.</summary>
    Accepted,

    /// <summary>The lag is at its bound; nothing was written.</summary>
    Overloaded,
}
