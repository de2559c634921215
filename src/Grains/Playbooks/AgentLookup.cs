using System.Globalization;
using AwoooP.Contracts;

namespace AwoooP.Playbooks;

/// <summary>How a playbook or a plan is held against the contracts of the agents that its steps ask.</summary>
internal static class AgentLookup
{
    /// <summary>
    /// The first model step whose agent has no contract that can be used. Where that is not known now, since a key cannot be read, it is left to the dry run,
    /// which asks again.
    /// </summary>
    /// <param name="grains">Called in the project's name.</param>
    /// <param name="autonomy">What below L3 is never carried out needs no agent.</param>
    public static async Task<PlaybookFinding?> FindMissingAgentAsync(
        this IGrainFactory grains, string projectId, AutonomyLevel autonomy, IReadOnlyList<RepairStep> steps, CancellationToken cancellationToken)
    {
        if (autonomy < AutonomyLevel.L3)
            return null;

        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is not ModelStep step)
                continue;

            var id = new ContractId(ContractKind.Agent, step.Agent);
            var found = await grains.GetGrain<IContractGrain>($"{projectId}/{id}").GetActiveAsync(cancellationToken);
            if (found.Refusal is { Code: not ContractRefusals.KeyUnavailable } refusal)
                return new PlaybookFinding(string.Create(CultureInfo.InvariantCulture, $"$.steps[{i}].agent"), refusal.Code);
        }

        return null;
    }
}
