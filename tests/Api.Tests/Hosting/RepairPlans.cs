using AwoooP.Approvals;
using AwoooP.Playbooks;

namespace AwoooP.Api.Tests.Hosting;

/// <summary>A plan of one step.</summary>
internal static class RepairPlans
{
    public const string PlaybookId = "PB-20260101-AAAAAA";

    /// <param name="id">Of the run, and of its approval.</param>
    public static RepairPlan For(Guid id) => new()
    {
        PlaybookId = PlaybookId,
        PlaybookVersion = 1,
        PlaybookName = "Call",
        IncidentId = "INC-20260101-AAAAAA",
        Fingerprint = "f",
        ApprovalId = id,
        RunId = id,
        Target = "-/web",
        Namespace = "-",
        Steps = [new WaitStep { Name = "w", Seconds = 1 }],
        ActionPattern = "call",
        Risk = RiskLevel.Low,
        EffectiveRisk = RiskLevel.Low,
        ApprovalLevel = ApprovalLevel.Standard,
        Autonomy = AutonomyLevel.L3,
        TrustScore = 0.3,
        Similarity = 1,
        PlanSha256 = "h",
    };
}
