namespace AwoooP.Journal;

/// <summary>Durable time: PostgreSQL's clock, followed by offset. Never earlier than what it answered before.</summary>
public interface IDurableClock
{
    DateTimeOffset Now { get; }
}
