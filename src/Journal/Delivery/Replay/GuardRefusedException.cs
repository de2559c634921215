namespace AwoooP.Journal.Delivery.Replay;

/// <summary>Another is at the record tables or the log, or could have begun; nothing was changed.</summary>
/// <param name="message">For a person: who it is, as far as that is known, and what to do.</param>
public sealed class GuardRefusedException(string message) : Exception(message);
