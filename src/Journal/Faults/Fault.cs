using System.Diagnostics;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Storage;
using Npgsql;

namespace AwoooP.Journal.Faults;

/// <summary>Tells a fault of the content from a fault of the world; what is not known to be the first counts as the second.</summary>
internal static class Fault
{
    /// <summary>Any code may dead-letter by saying so; database faults of a reaction are those of its surroundings.</summary>
    public static FaultKind OfCall(Exception exception) =>
        exception is DeterministicFaultException ? FaultKind.Deterministic : FaultKind.Outage;

    /// <summary>
    /// A projection's statements see nothing but the events, so PostgreSQL's verdict on the data itself is final;
    /// 23503 (foreign key violation) means that a parent is missing.
    /// </summary>
    public static FaultKind OfProjection(Exception exception) => exception switch
    {
        DeterministicFaultException => FaultKind.Deterministic,
        ParentMissingException => FaultKind.ParentMissing,
        PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } => FaultKind.ParentMissing,
        PostgresException fault when SqlFaults.IsContent(fault) => FaultKind.Deterministic,
        _ => FaultKind.Outage,
    };

    /// <summary>Whether the work was merely told to stop, which is no fault; what else is cancelled, such as a call that took too long, is one.</summary>
    public static bool IsStop(this Exception exception, CancellationToken stopping) =>
        exception is OperationCanceledException && stopping.IsCancellationRequested;

    /// <summary>What may be stored, logged and shown: never the text of an unknown exception, which may quote a payload.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        DeterministicFaultException or ParentMissingException or UnknownEventException => exception.Message,
        PostgresException fault => $"postgres {fault.SqlState} {fault.ConstraintName ?? fault.TableName}".TrimEnd(),
        _ => Origin(exception) is { } origin ? $"{exception.GetType().Name} in {origin}" : exception.GetType().Name,
    };

    /// <summary>The innermost method of ours that the exception went through: where to look, without what it was about.</summary>
    private static string? Origin(Exception exception) => new StackTrace(exception).GetFrames()
        .Select(static frame => DiagnosticMethodInfo.Create(frame))
        .Where(static method => method?.DeclaringTypeName.StartsWith("AwoooP.", StringComparison.Ordinal) == true)
        .Select(static method => $"{method!.DeclaringTypeName}.{method.Name}")
        .FirstOrDefault();
}
