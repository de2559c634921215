namespace AwoooP.Incidents;

/// <summary>What the guards look at.</summary>
internal readonly record struct IncidentFacts(bool FiresAgainInTime, bool IsOlderThanEnd, bool HasLivePlan, bool IsRunOfPlan, bool AlertIsClear);
