namespace AwoooP.Journal.Intake;

/// <param name="Kind">What the payload is, e.g. <c>alerts.v1</c>; names the consumer.</param>
/// <param name="Payload">JSON, at most <see cref="IntakeOptions.MaxPayloadBytes"/>. Not to be changed once it was given.</param>
/// <param name="Items">How many items the payload holds, at least one; the lag is counted in items.</param>
/// <param name="OrderKey">
/// Entries of one key are consumed in the order in which they were appended: name the sender, or the connection it holds.
/// Null keeps the order of the whole project, and so works it off in a single stream.
/// </param>
public readonly record struct IntakeEntry(
    string ProjectId, string Kind, ReadOnlyMemory<byte> Payload, int Items, string? TraceId, string? OrderKey = null);
