using System.Globalization;
using AwoooP.Integrations.Http;
using AwoooP.Integrations.Outbound;
using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Integrations.Verification;

/// <summary>Looks once at what a verify step asks for: a PromQL condition, an HTTP address, or both.</summary>
internal sealed class ConditionCheck(PrometheusClient prometheus, StepRequests requests)
{
    public async Task<Observation> ObserveAsync(VerifyStep step, StepContext context, CancellationToken cancellationToken)
    {
        if (step.PromQl is null && step.Url is null)
            return Observation.Refused("condition_missing");
        var metrics = step.PromQl is { } promQl ? await AskPrometheusAsync(promQl, context, cancellationToken) : null;
        if (metrics is { Holds: false } || step.Url is not { } url)
            return metrics!;
        var address = await AskAddressAsync(url, step.ExpectedStatus, context, cancellationToken);
        return metrics is null ? address : address with { Text = $"{metrics.Text}\n{address.Text}" };
    }

    public StepObstacle? FindObstacle(VerifyStep step) => step.Url is { } url ? requests.FindObstacle("GET", url, body: null) : null;

    private async Task<Observation> AskPrometheusAsync(string promQl, StepContext context, CancellationToken cancellationToken) =>
        await prometheus.QueryAsync(promQl, TraceHeaders.Traceparent(context), cancellationToken) switch
        {
            PrometheusAnswer.Result { Holds: true } result => Observation.Held(WithWarnings(result)),
            PrometheusAnswer.Result result => Observation.NotHeld(WithWarnings(result)),
            PrometheusAnswer.Invalid invalid => Observation.Refused("promql_invalid", $"{invalid.ErrorType}: {invalid.Error}"),
            PrometheusAnswer.Unavailable unavailable => Observation.NoAnswer($"prometheus_{unavailable.Cause}"),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not known."),
        };

    private async Task<Observation> AskAddressAsync(string url, int expectedStatus, StepContext context, CancellationToken cancellationToken)
    {
        if (requests.Refuse("GET", url, body: null, out var address) is { } refusal)
            return Observation.Refused(refusal);
        var answer = await requests.SendAsync("GET", address!, body: null, "text/plain", context, cancellationToken);
        if (answer.Fault is { } fault)
            return Observation.Silent(fault);
        var text = string.Create(CultureInfo.InvariantCulture, $"HTTP {answer.Status}");
        return answer.Status == expectedStatus ? Observation.Held(text) : Observation.NotHeld(text);
    }

    private static string WithWarnings(PrometheusAnswer.Result result) =>
        result.Warnings.Count == 0 ? result.Summary : $"{result.Summary}\nwarnings: {string.Join("; ", result.Warnings)}";
}
