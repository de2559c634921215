using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>A test that mounts a small volume; where that is not allowed it says that it was skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute() => Skip = LogVolume.CanMount ? null : "skipped: needs root that may mount (CAP_SYS_ADMIN)";
}
