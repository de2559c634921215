namespace AwoooP.Journal.Delivery.Held;

/// <summary>The kinds of dead letters as the table names them.</summary>
internal static class DeadLetterKindNames
{
    public static string Of(DeadLetterKind kind) => kind switch
    {
        DeadLetterKind.Fault => "fault",
        DeadLetterKind.TooDeep => "too_deep",
        DeadLetterKind.Waiting => "waiting",
        DeadLetterKind.Queued => "queued",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static DeadLetterKind Parse(string name) => name switch
    {
        "fault" => DeadLetterKind.Fault,
        "too_deep" => DeadLetterKind.TooDeep,
        "waiting" => DeadLetterKind.Waiting,
        "queued" => DeadLetterKind.Queued,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
