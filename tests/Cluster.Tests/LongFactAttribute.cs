namespace AwoooP.Cluster.Tests;

/// <summary>A test of the long form alone; in the short one it says that it was skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute() => Skip = FaultForm.IsLong ? null : "skipped: of the long form alone, ./awooop test --faults";
}
