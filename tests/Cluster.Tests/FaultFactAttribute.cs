using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

[Flags]
public enum Needs
{
    None = 0,

    /// <summary>A silo's clock is set, by a library that <c>./awooop test</c> installs.</summary>
    ShiftedClock = 1,

    /// <summary>A small volume is mounted.</summary>
    Mount = 2,

    /// <summary>It takes minutes.</summary>
    LongForm = 4,
}

/// <summary>A test that says that it was skipped where one of its needs is not met.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FaultFactAttribute : FactAttribute
{
    public FaultFactAttribute(Needs needs)
    {
        Needs = needs;
        Skip = Unmet(Needs.ShiftedClock, ShiftedClock.Library is not null, "needs Debian's package 'libfaketime'")
            ?? Unmet(Needs.Mount, LogVolume.CanMount, "needs root that may mount (CAP_SYS_ADMIN)")
            ?? Unmet(Needs.LongForm, FaultForm.IsLong, "of the long form alone, ./awooop test --faults");
    }

    public Needs Needs { get; }

    private string? Unmet(Needs need, bool isMet, string reason) => Needs.HasFlag(need) && !isMet ? $"skipped: {reason}" : null;
}
