namespace AwoooP.Playbooks;

/// <summary>Trust in a playbook as an exponentially weighted average of verified outcomes; failures weigh twice (ADR-083).</summary>
internal static class EwmaTrust
{
    public const double Start = 0.3;

    /// <summary>Below it a playbook is archived.</summary>
    public const double Least = 0.1;

    private const double SuccessWeight = 0.1;
    private const double FailureWeight = 0.2;

    public static double After(double trust, bool success) =>
        success ? trust + (SuccessWeight * (1 - trust)) : trust - (FailureWeight * trust);
}
