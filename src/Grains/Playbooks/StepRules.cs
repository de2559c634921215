using System.Collections.Frozen;
using AwoooP.Runs;

namespace AwoooP.Playbooks;

/// <summary>Holds steps against what the executors of this silo are set to allow. Steps of kinds that have no executor here are left to the dry run.</summary>
internal sealed class StepRules(IEnumerable<IStepExecutor> executors)
{
    private readonly FrozenDictionary<string, IStepExecutor> _executors = executors.ToFrozenDictionary(executor => executor.Kind, StringComparer.Ordinal);

    /// <summary>For a playbook: only where no label of an alert decides, since what it decides is known with the plan.</summary>
    public IReadOnlyList<PlaybookFinding> Find(PlaybookDefinition definition) => Find(definition.Autonomy, definition.Steps, SettledStep.Of);

    public IReadOnlyList<PlaybookFinding> Find(RepairPlan plan) => Find(plan.Autonomy, plan.Steps, step => step);

    /// <summary>What below L3 is never carried out needs nobody's leave.</summary>
    private List<PlaybookFinding> Find(AutonomyLevel autonomy, IReadOnlyList<RepairStep> steps, Func<RepairStep, RepairStep?> settled)
    {
        var findings = new List<PlaybookFinding>();
        if (autonomy < AutonomyLevel.L3)
            return findings;

        for (var i = 0; i < steps.Count; i++)
        {
            Check($"$.steps[{i}]", steps[i], settled, findings);
            if (steps[i].Rollback is { } rollback)
                Check($"$.steps[{i}].rollback", rollback, settled, findings);
        }

        return findings;
    }

    private void Check(string path, RepairStep step, Func<RepairStep, RepairStep?> settled, List<PlaybookFinding> findings)
    {
        if (settled(step) is { } known && _executors.TryGetValue(StepKinds.Of(known), out var executor) && executor.FindObstacle(known) is { } obstacle)
            findings.Add(new PlaybookFinding($"{path}.{obstacle.Field}", obstacle.Code));
    }
}
