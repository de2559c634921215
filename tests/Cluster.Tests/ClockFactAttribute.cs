using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>A test that sets the clock of a silo. <c>./awooop test</c> installs what that needs; without it the test says that it was skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClockFactAttribute : FactAttribute
{
    public ClockFactAttribute() => Skip = ShiftedClock.Library is null ? "skipped: needs Debian's package 'libfaketime'" : null;
}
