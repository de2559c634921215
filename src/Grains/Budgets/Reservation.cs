namespace AwoooP.Budgets;

/// <summary>What is set aside for a call, or was charged for it as nobody had said what it cost.</summary>
internal sealed record Reservation(Guid CallId, Spending Estimate, DateTimeOffset Deadline, ModelCall Call);
