using System.Text;
using AwoooP.Commands;
using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Models;

/// <summary>A model step on the terms of its agent: whom it asks, and how.</summary>
internal sealed record ModelQuestion(ModelStep Step, AgentTerms Agent, AgentModel Model)
{
    /// <summary>Faults that a retry tells; more would crowd out the question.</summary>
    private const int MaxFaults = 10;

    /// <param name="context">Of the step.</param>
    /// <param name="deadline">When the answer comes too late for the step.</param>
    /// <param name="now">Durable time.</param>
    /// <param name="faults">Of the answer before; none at first.</param>
    public PlatformEnvelope Envelope(StepContext context, DateTimeOffset deadline, DateTimeOffset now, IReadOnlyList<FieldFault> faults) => new()
    {
        ProjectId = context.ProjectId,
        RunId = context.RunId,
        IncidentId = context.IncidentId,
        TraceId = context.TraceId,
        AgentId = Agent.Name,
        Purpose = Agent.Purpose,
        Provider = Model.Provider,
        Model = Model.Model,
        Deadline = now + Agent.Timeout < deadline ? now + Agent.Timeout : deadline,
        MaxTokens = Agent.MaxTokens,
        MaxCostUsd = Agent.MaxCostUsd,
        Payload = [new ModelMessage(ModelRole.System, Rules()), new ModelMessage(ModelRole.User, Prompt(faults))],
    };

    private string Rules() =>
        $"{Agent.Description}\nAnswer with one JSON value and nothing else, without code fences. It must fit this JSON Schema:\n{Agent.SchemaText}";

    private string Prompt(IReadOnlyList<FieldFault> faults)
    {
        if (faults.Count == 0)
            return Step.Prompt;

        var prompt = new StringBuilder(Step.Prompt).Append("\n\nYour last answer was not taken:");
        foreach (var fault in faults.Take(MaxFaults))
            prompt.Append("\n- ").Append(fault.Field).Append(": ").Append(fault.Message);
        return prompt.ToString();
    }
}
