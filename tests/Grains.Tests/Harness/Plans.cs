using System.Text.Json;
using AwoooP.Approvals;
using AwoooP.Playbooks;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>Plans to test with. Ids are fixed, so that a failure reads the same each time.</summary>
internal static class Plans
{
    public const string Project = "shop";
    public static readonly Guid RunId = Guid.Parse("01990000-0000-7000-8000-000000000001");
    public static readonly Guid ApprovalId = Guid.Parse("01990000-0000-7000-8000-000000000002");
    public const string Hash = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";

    public static string RunKey => $"{Project}/{RunId}";

    public static string ApprovalKey => $"{Project}/{ApprovalId}";

    public static RepairPlan Of(params RepairStep[] steps) => new()
    {
        PlaybookId = "PB-20260115-000001",
        PlaybookVersion = 3,
        PlaybookName = "Restart the web shop",
        IncidentId = "INC-20260115-000001",
        Fingerprint = "f1",
        ApprovalId = ApprovalId,
        RunId = RunId,
        Target = "prod/web",
        Namespace = "prod",
        Steps = steps,
        ActionPattern = "restart:web",
        Risk = RiskLevel.Medium,
        EffectiveRisk = RiskLevel.Medium,
        ApprovalLevel = ApprovalLevel.Standard,
        Autonomy = AutonomyLevel.L3,
        TrustScore = 0.3,
        Similarity = 1,
        PlanSha256 = Hash,
    };

    public static CommandStep Command(string name, bool idempotent = false, RepairStep? rollback = null) =>
        new() { Name = name, Program = "restart", Idempotent = idempotent, Rollback = rollback };

    public static VerifyStep Verify(string name = "verify") => new() { Name = name, PromQl = "up == 1" };

    public static ModelStep Model(string name = "ask") =>
        new() { Name = name, Agent = "triage", Prompt = "Why is it down?", Fallback = JsonElement.Parse("""{"cause":"unknown"}""") };

    public static WaitStep Wait(int seconds, string name = "wait") => new() { Name = name, Seconds = seconds };
}
