namespace AwoooP.Journal.Delivery;

/// <summary>
/// A projection's row hangs on a parent row that is not there yet. The event waits and is tried again;
/// later events of its aggregate queue behind it. A foreign key violation (SqlState 23503) says the same.
/// </summary>
/// <param name="message">Stored with the waiting event and shown to operators: no payload, no secret.</param>
public sealed class ParentMissingException(string message, Exception? inner = null) : Exception(message, inner);
