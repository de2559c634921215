using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Signing;
using AwoooP.Wording;

namespace AwoooP.Playbooks;

/// <summary>Makes a playbook concrete for one incident. Pure: the same inputs give the same plan and the same hash.</summary>
internal static class PlanBuilder
{
    /// <summary>Trust in the action from which its risk counts one level lower (ADR-088).</summary>
    private const int LowersMedium = 5;
    private const int LowersHigh = 10;

    /// <exception cref="UnfillableException">The alert's labels do not give what the playbook needs.</exception>
    public static RepairPlan Build(PlanInput input)
    {
        var (playbook, identity) = (input.Playbook, input.Identity);
        var definition = playbook.Definition;
        var labels = input.Labels;
        RepairStep[] steps = [.. definition.Steps.Select(step => StepFilling.Fill(step, labels))];
        var target = TargetOf(identity);
        var effectiveRisk = EffectiveRisk(definition.Risk, input.ActionTrust);

        return new RepairPlan
        {
            PlaybookId = playbook.PlaybookId,
            PlaybookVersion = playbook.DefinitionVersion,
            PlaybookName = definition.Name,
            IncidentId = input.IncidentId,
            Fingerprint = identity.Fingerprint,
            ApprovalId = input.ApprovalId,
            RunId = input.RunId,
            Target = target,
            Namespace = identity.Namespace,
            Steps = steps,
            ActionPattern = ActionPattern(definition, labels),
            Risk = definition.Risk,
            EffectiveRisk = effectiveRisk,
            ApprovalLevel = Level(definition.RequiresApproval, effectiveRisk),
            Autonomy = definition.Autonomy,
            TrustScore = playbook.TrustScore,
            Similarity = input.Similarity,
            PlanSha256 = Hash(playbook.PlaybookId, playbook.DefinitionVersion, target, steps),
        };
    }

    /// <exception cref="UnfillableException">A label is missing or too long.</exception>
    public static string ActionPattern(PlaybookDefinition definition, IReadOnlyDictionary<string, string> labels)
    {
        var pattern = PlaybookTemplate.Fill(definition.ActionPattern, labels, static (_, value) => value.Any(char.IsControl) ? null : value);
        return pattern.Length <= PlaybookLimits.MaxActionPattern
            ? pattern
            : throw new UnfillableException(Phrase.Of("unfillable_pattern_too_long"));
    }

    /// <summary>Critical is never lowered.</summary>
    public static RiskLevel EffectiveRisk(RiskLevel risk, int actionTrust) => risk switch
    {
        RiskLevel.High when actionTrust >= LowersHigh => RiskLevel.Medium,
        RiskLevel.Medium when actionTrust >= LowersMedium => RiskLevel.Low,
        _ => risk,
    };

    /// <summary>Every execution needs a vote below autonomy L4; a critical one needs two.</summary>
    public static ApprovalLevel Level(ApprovalLevel required, RiskLevel effectiveRisk) =>
        required is ApprovalLevel.Critical || effectiveRisk is RiskLevel.Critical ? ApprovalLevel.Critical : ApprovalLevel.Standard;

    /// <summary>An alert without namespace and target is its own target, so that it blocks no other.</summary>
    private static string TargetOf(AlertIdentity identity) =>
        identity is { Namespace: AlertIdentity.Absent, Target: AlertIdentity.Absent }
            ? $"{AlertIdentity.Absent}/{identity.Fingerprint}"
            : $"{identity.Namespace}/{identity.Target}";

    private static string Hash(string playbookId, int version, string target, IReadOnlyList<RepairStep> steps)
    {
        var json = JsonSerializer.SerializeToNode(steps, PlaybookJson.Default.IReadOnlyListRepairStep);
        var signed = CanonicalJson.Of(new JsonObject
        {
            ["playbook_id"] = playbookId,
            ["playbook_version"] = version,
            ["target"] = target,
            ["steps"] = json,
        });
        return signed.Length <= PlaybookLimits.MaxPlanBytes
            ? Convert.ToHexStringLower(SHA256.HashData(signed))
            : throw new UnfillableException(Phrase.Of("unfillable_plan_too_large"));
    }
}

/// <param name="Labels">Those of the alert, which fill the templates.</param>
/// <param name="ActionTrust">The trust score of the action pattern.</param>
internal sealed record PlanInput(
    PlaybookView Playbook,
    double Similarity,
    string IncidentId,
    AlertIdentity Identity,
    IReadOnlyDictionary<string, string> Labels,
    int ActionTrust,
    Guid ApprovalId,
    Guid RunId);
