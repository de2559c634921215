using AwoooP.Playbooks;

namespace AwoooP.Alerts;

/// <summary>
/// What is repaired, as people are told it. Keys and records write <c>{namespace}/{target}</c> with a dash for what the labels do not name; a dash
/// tells nobody anything, so it is left out here.
/// </summary>
public static class TargetName
{
    private const int ShownFingerprint = 12;

    public static string Of(RepairPlan plan) => Of(plan.Target);

    /// <returns>Null where the labels name neither a namespace nor a target.</returns>
    public static string? Of(AlertIdentity identity) => (identity.Namespace, identity.Target) switch
    {
        (AlertIdentity.Absent, AlertIdentity.Absent) => null,
        (AlertIdentity.Absent, var target) => target,
        (var space, AlertIdentity.Absent) => space,
        var (space, target) => $"{space}/{target}",
    };

    /// <param name="target">As <see cref="RepairPlan.Target"/> has it; an alert that names no target stands there as its own, by its fingerprint.</param>
    public static string Of(string target)
    {
        var parts = target.Split('/', 2);
        return parts switch
        {
            [AlertIdentity.Absent, { Length: 64 } fingerprint] when fingerprint.All(char.IsAsciiHexDigitLower) => $"alert {fingerprint[..ShownFingerprint]}",
            [AlertIdentity.Absent, var name] => name,
            [var space, AlertIdentity.Absent] => space,
            _ => target,
        };
    }
}
