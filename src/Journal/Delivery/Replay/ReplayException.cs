namespace AwoooP.Journal.Delivery.Replay;

/// <summary>The tables cannot be rebuilt, and nothing was changed.</summary>
public sealed class ReplayException(string message, Exception? inner = null) : Exception(message, inner);
