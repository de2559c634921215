namespace AwoooP.Journal.Delivery;

/// <summary>One consumer as the admin page shows it.</summary>
/// <param name="Lag">Events of the log, in the partitions owned here, that it has not passed.</param>
/// <param name="Delivered">Events since the process started.</param>
/// <param name="Retries">Failed attempts since the process started.</param>
/// <param name="DeadLetters">Events held back since the process started.</param>
/// <param name="Failures">Failed attempts in a row; 0 while all is well.</param>
/// <param name="IsStuck">It has failed so often in a row that somebody should look. It goes on trying.</param>
/// <param name="Fault">The kind of the last fault (a type or an SqlState), null while all is well.</param>
public sealed record ConsumerStatus(
    string Name, ConsumerKind Kind, long Lag, long Delivered, long Retries, long DeadLetters, int Failures, bool IsStuck, string? Fault);
