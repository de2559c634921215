namespace AwoooP.Journal.Local;

/// <summary>The local cluster cannot be made, started or stopped; the message says what to do about it.</summary>
public sealed class LocalPostgresException(string message, Exception? inner = null) : Exception(message, inner);
