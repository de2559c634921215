using AwoooP.Budgets;
using AwoooP.Journal;
using AwoooP.Redaction;
using Microsoft.Extensions.Logging;

namespace AwoooP.Models;

/// <summary>
/// Redacts, prices, reserves, calls, settles. What may have been spent is charged: only a call that was surely not sent, or that the provider
/// refused, gives its reservation back.
/// </summary>
internal sealed class ModelGateway(
    IModelProvider provider,
    IModelPrices prices,
    CallsInFlight calls,
    UntoldCalls untold,
    RefusedCalls refused,
    IGrainFactory grains,
    IDurableClock clock,
    TimeProvider time,
    ILogger<ModelGateway> logger) : IModelGateway
{
    /// <summary>How often a provider that says when to come again is asked under one reservation.</summary>
    private const int MaxTries = 3;

    public bool HasProviders => provider.Names.Count > 0;

    public string? FindObstacle(string providerName, string model)
    {
        if (!provider.Names.Contains(providerName))
            return ModelRefusals.NotConfigured;
        return prices.Find(providerName, model, clock.Now) is null ? ModelRefusals.PriceUnknown : null;
    }

    public ModelUsage? FindEstimate(PlatformEnvelope envelope) =>
        prices.Find(envelope.Provider, envelope.Model, clock.Now) is { } price ? PricedCall.AtMostOf(Redacted(envelope), price) : null;

    public async Task<ModelReply> AskAsync(PlatformEnvelope envelope, CancellationToken cancellationToken)
    {
        var reply = await TryAsync(Redacted(envelope), cancellationToken);
        ModelTelemetry.Called(reply switch
        {
            ModelReply.Answered => "answered",
            ModelReply.Unanswered { Code: BudgetRefusals.Killed } => "killed",
            ModelReply.Unanswered { Code: BudgetRefusals.DoesNotFit or BudgetRefusals.RunCapReached } => "refused",
            _ => "failed",
        });
        return reply;
    }

    private async Task<ModelReply> TryAsync(PlatformEnvelope envelope, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        if (!provider.Names.Contains(envelope.Provider))
            return await RefuseAsync(envelope, ModelRefusals.NotConfigured, cancellationToken);
        if (prices.Find(envelope.Provider, envelope.Model, now) is not { } price)
            return await RefuseAsync(envelope, ModelRefusals.PriceUnknown, cancellationToken);

        var call = new PricedCall(Guid.CreateVersion7(now), now, envelope, price);
        if (call.AtMost.CostUsd > envelope.MaxCostUsd)
            return await RefuseAsync(envelope, ModelRefusals.CostOverLimit, cancellationToken);
        if (envelope.Deadline <= now)
            return new ModelReply.Unanswered(ModelRefusals.TimedOut);

        using var flight = calls.Enter(envelope.ProjectId, call.CallId);
        var accounts = new CallAccounts(grains, call, untold, clock, time, logger);
        return await accounts.ReserveAsync(cancellationToken) switch
        {
            null => await CarryOutAsync(call, accounts, flight.Killed, cancellationToken),
            // Nobody has refused it.
            ModelRefusals.BudgetUnavailable => new ModelReply.Unanswered(ModelRefusals.BudgetUnavailable),
            var refusal => await RefuseAsync(envelope, refusal, cancellationToken),
        };
    }

    /// <summary>An act of the agent that is refused, and on record before it is answered, where there is time for it.</summary>
    private async Task<ModelReply> RefuseAsync(PlatformEnvelope envelope, string code, CancellationToken cancellationToken)
    {
        await refused.RecordAsync(envelope, code, cancellationToken);
        return new ModelReply.Unanswered(code);
    }

    private async Task<ModelReply> CarryOutAsync(PricedCall call, CallAccounts accounts, CancellationToken killed, CancellationToken cancellationToken)
    {
        var left = call.Envelope.Deadline - clock.Now;
        if (killed.IsCancellationRequested || cancellationToken.IsCancellationRequested || left <= TimeSpan.Zero)
        {
            await accounts.ReleaseAsync("not_sent", cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return new ModelReply.Unanswered(killed.IsCancellationRequested ? BudgetRefusals.Killed : ModelRefusals.TimedOut);
        }

        using var deadline = new CancellationTokenSource(left, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, killed, cancellationToken);
        ProviderReply reply;
        try
        {
            reply = await SendAsync(call, any.Token);
        }
        catch (OperationCanceledException) when (any.IsCancellationRequested)
        {
            reply = new ProviderReply.Failed(ModelRefusals.TimedOut, MayCost: true);
        }
        catch (Exception)
        {
            await accounts.SettleAsync(call.AtMost, cancellationToken);
            throw;
        }

        if (reply is ProviderReply.Answered answer)
        {
            var usage = call.UsageOf(answer);
            await accounts.SettleAsync(usage, cancellationToken);
            return new ModelReply.Answered(answer.Text, usage);
        }

        var failed = (ProviderReply.Failed)reply;
        var charged = failed.MayCost ? call.AtMost : default;
        await (failed.MayCost ? accounts.SettleAsync(charged, cancellationToken) : accounts.ReleaseAsync(failed.Code, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return new ModelReply.Unanswered(killed.IsCancellationRequested ? BudgetRefusals.Killed : failed.Code, charged);
    }

    /// <summary>A provider that is busy and says for how long is asked again, when that still fits into the call's time.</summary>
    private async Task<ProviderReply> SendAsync(PricedCall call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var reply = await provider.CompleteAsync(call.Envelope, call.CallId, cancellationToken);
            if (attempt == MaxTries || reply is not ProviderReply.Failed { MayCost: false, RetryAfter: { } wait } || wait >= call.Envelope.Deadline - clock.Now)
                return reply;

            try
            {
                await Task.Delay(wait, time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // Nothing is under way while it waits, so nothing is charged.
                return reply;
            }
        }
    }

    private static PlatformEnvelope Redacted(PlatformEnvelope envelope) => envelope with
    {
        RedactionVersion = Redactor.Version,
        Payload = [.. envelope.Payload.Select(static message => message with { Text = Redactor.Redact(message.Text) })],
    };
}
