using System.Text.Json;
using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Contracts;
using AwoooP.Journal;
using AwoooP.ModelAnswers;
using AwoooP.Playbooks;
using AwoooP.Runs;
using Microsoft.Extensions.Logging;

namespace AwoooP.Models;

/// <summary>
/// Asks on the terms of the step's agent, and holds the answer against the agent's schema. Where no model gives one, the step's answer by rules
/// stands, marked degraded; only a budget that stops the run, and what a dry run would have refused, fail the step.
/// </summary>
internal sealed class ModelStepExecutor(
    IModelGateway gateway, IGrainFactory grains, RefusedCalls refused, IDurableClock clock, ILogger<ModelStepExecutor> logger) : IStepExecutor
{
    /// <summary>Of the step's time for asking: the rest is left for the answer by rules, which would else come too late to be one.</summary>
    private const double AskingShare = 0.9;

    public string Kind => StepKinds.Model;

    public StepObstacle? FindObstacle(RepairStep step) => gateway.HasProviders ? null : new StepObstacle(ModelRefusals.NotConfigured, "agent");

    public async Task<StepOutcome> DryRunAsync(RepairStep step, StepContext context, CancellationToken cancellationToken)
    {
        var (prepared, obstacle) = await PrepareAsync((ModelStep)step, context, cancellationToken);
        if (prepared is not { } question)
            return StepOutcome.Failure(obstacle!);
        if (gateway.FindEstimate(question.Envelope(context, clock.Now + context.Timeout, clock.Now, [])) is not { } estimate)
            return StepOutcome.Failure(ModelRefusals.PriceUnknown);
        if (estimate.CostUsd > question.Agent.MaxCostUsd)
            return StepOutcome.Failure(ModelRefusals.WithFigures(ModelRefusals.CostOverLimit, estimate.CostUsd, question.Agent.MaxCostUsd));

        CallContext.Current = CallOf((ModelStep)step, context);
        var budget = await grains.GetGrain<IBudgetGrain>($"{context.ProjectId}/{BudgetAccount.Project}").GetAsync(cancellationToken);
        if (budget.Kill is not null)
            return StepOutcome.Failure(BudgetRefusals.Killed);
        return FindExcess(estimate, budget.PlanOfProject(), context) is { } excess ? StepOutcome.Failure(excess) : StepOutcome.Success();
    }

    public async Task<StepOutcome> ExecuteAsync(RepairStep step, StepContext context, CancellationToken cancellationToken)
    {
        var deadline = clock.Now + (context.Timeout * AskingShare);
        var (prepared, obstacle) = await PrepareAsync((ModelStep)step, context, cancellationToken);
        if (prepared is not { } question)
        {
            await refused.RecordAsync(((ModelStep)step).Agent, obstacle!, context, deadline, cancellationToken);
            return StepOutcome.Failure(obstacle!);
        }

        var usage = default(ModelUsage);
        try
        {
            var answer = await AnswerValidator.AskAsync(question.Agent.AnswerSchema, AskAsync, () => question.Step.Fallback, cancellationToken);
            return Outcome(question, context, usage, answer.ErrorCode, answer.Value);
        }
        catch (UnansweredException fault) when (Stops(fault.Code))
        {
            return StepOutcome.Failure(fault.Code);
        }
        catch (UnansweredException fault)
        {
            return Outcome(question, context, usage, fault.Code, question.Step.Fallback);
        }

        async Task<string> AskAsync(IReadOnlyList<FieldFault> faults, CancellationToken token)
        {
            var reply = await gateway.AskAsync(question.Envelope(context, deadline, clock.Now, faults), token);
            usage += reply.Usage;
            return reply switch
            {
                ModelReply.Answered answered => answered.Text,
                ModelReply.Unanswered unanswered => throw new UnansweredException(unanswered.Code),
                _ => throw new InvalidOperationException($"{reply.GetType().Name} is not known."),
            };
        }
    }

    /// <summary>
    /// What could never be reserved, whatever else is spent: those are the limits whose refusal stops the run. One that an agent's or the project's
    /// limit refuses is answered by rules.
    /// </summary>
    private static string? FindExcess(ModelUsage estimate, BudgetPlan plan, StepContext context)
    {
        Allowance[] binding = context.IncidentId is null ? [plan.Run] : [plan.Run, plan.Incident];
        if (binding.Min(static allowance => allowance.Usd) is { } usd && estimate.CostUsd > usd)
            return ModelRefusals.WithFigures(ModelRefusals.CostOverRunLimit, estimate.CostUsd, usd);

        var wanted = (long)estimate.PromptTokens + estimate.CompletionTokens;
        return binding.Min(static allowance => allowance.Tokens) is { } tokens && wanted > tokens
            ? ModelRefusals.WithFigures(ModelRefusals.TokensOverRunLimit, wanted, tokens)
            : null;
    }

    /// <returns>The question, or the code of what keeps it from being asked.</returns>
    private async Task<(ModelQuestion? Question, string? Obstacle)> PrepareAsync(ModelStep step, StepContext context, CancellationToken cancellationToken)
    {
        CallContext.Current = CallOf(step, context);
        var id = new ContractId(ContractKind.Agent, step.Agent);
        var found = await grains.GetGrain<IContractGrain>($"{context.ProjectId}/{id}").GetActiveAsync(cancellationToken);
        if (found.Contract is not { } contract)
            return (null, found.Refusal?.Code ?? ContractRefusals.NotActive);

        var agent = AgentTerms.Read(contract);
        if (agent.Models.Count == 0)
            return (null, "agent_without_models");
        if (agent.AnswerSchema.Check(step.Fallback).Count > 0)
            return (null, "fallback_invalid");

        string? obstacle = null;
        foreach (var model in agent.Models)
        {
            if (gateway.FindObstacle(model.Provider, model.Model) is not { } why)
                return (new ModelQuestion(step, agent, model), null);

            // One that is configured and has no price says more than one that is somewhere else.
            obstacle = why == ModelRefusals.PriceUnknown ? why : obstacle ?? why;
        }

        return (null, obstacle);
    }

    private StepOutcome Outcome(ModelQuestion question, StepContext context, ModelUsage usage, string? errorCode, JsonElement answer)
    {
        if (errorCode is not null)
            ModelLog.Degraded(logger, context.RunId, errorCode);
        return StepOutcome.Success(ModelStepOutput.Of(question, usage, answer, errorCode).ToJson());
    }

    private static bool Stops(string code) => code
        is BudgetRefusals.RunCapReached
        or BudgetRefusals.Killed
        or ModelRefusals.NotConfigured
        or ModelRefusals.PriceUnknown
        or ModelRefusals.CostOverLimit;

    private static CallContext CallOf(ModelStep step, StepContext context) =>
        new() { ProjectId = context.ProjectId, Actor = Actors.OfAgent(step.Agent), TraceId = context.TraceId };

    /// <summary>Leads past the validator, which would ask again: no answer is no wrong answer.</summary>
    private sealed class UnansweredException(string code) : Exception(code)
    {
        public string Code { get; } = code;
    }
}
