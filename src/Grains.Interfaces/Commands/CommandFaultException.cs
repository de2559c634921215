namespace AwoooP.Commands;

/// <summary>The platform could not carry out a command. Not a refusal: the same command may succeed later.</summary>
/// <param name="code">Stable snake_case code of the problem document.</param>
public abstract class CommandFaultException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

/// <summary>Too much waits to be written. Nothing was changed; try again after a pause.</summary>
public sealed class CommandOverloadedException(string message) : CommandFaultException("overloaded", message);

/// <summary>The journal cannot be reached, or another silo has taken over. Nothing was changed.</summary>
public sealed class CommandUnavailableException(string message) : CommandFaultException("unavailable", message);

/// <summary>The change may or may not be durable. A repeat with the same command id tells, and carries it out at most once.</summary>
public sealed class CommandOutcomeUnknownException(string message) : CommandFaultException("outcome_unknown", message);

/// <summary>This build does not know an event that the aggregate must be folded from. Nothing was changed; a silo of the newer build that wrote it goes on.</summary>
public sealed class CommandVersionMismatchException(string message) : CommandFaultException("version_mismatch", message);

/// <summary>
/// This build cannot read the aggregate's snapshot, and the events that it would be folded from again have left the log. The message names the
/// cut. A build that knows the snapshot's shape reads it as before.
/// </summary>
public sealed class CommandHistoryCutException(string message) : CommandFaultException("history_cut", message);
