namespace AwoooP.Journal.Tests.Delivery;

internal sealed class FakeDurableClock(TimeProvider time) : IDurableClock
{
    public DateTimeOffset Now => time.GetUtcNow();
}
