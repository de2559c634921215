namespace AwoooP.Journal.Delivery;

/// <summary>A fault that a retry cannot cure: the event is dead-lettered and later events of its aggregate queue behind it.</summary>
/// <param name="message">Stored with the dead letter and shown to operators: no payload, no secret.</param>
public sealed class DeterministicFaultException(string message, Exception? inner = null) : Exception(message, inner);
