using System.Globalization;
using AwoooP.Integrations.Outbound;
using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Integrations.Http;

/// <summary>Sends one request to an allow-listed origin. The tool call id goes along as idempotency key, the trace as traceparent.</summary>
internal sealed class HttpExecutor(StepRequests requests) : IStepExecutor
{
    public string Kind => StepKinds.Http;

    public async Task<StepOutcome> ExecuteAsync(RepairStep step, StepContext context, CancellationToken cancellationToken)
    {
        var http = (HttpStep)step;
        if (requests.Refuse(http.Method, http.Url, http.Body, out var address) is { } refusal)
            return StepOutcome.Failure(refusal);
        var answer = await requests.SendAsync(http.Method, address!, http.Body, http.ContentType, context, cancellationToken);
        if (answer.Fault is { } fault)
            return StepOutcome.Failure(fault);
        var output = OutputText.Clean(string.Create(CultureInfo.InvariantCulture, $"HTTP {answer.Status}\n{answer.Body}"));
        if (answer.Status is >= 300 and < 400 && !http.ExpectedStatus.Contains(answer.Status))
            return StepOutcome.Failure("redirect_refused", output);
        var isExpected = http.ExpectedStatus.Count == 0 ? answer.Status is >= 200 and < 300 : http.ExpectedStatus.Contains(answer.Status);
        return isExpected ? StepOutcome.Success(output) : StepOutcome.Failure(string.Create(CultureInfo.InvariantCulture, $"http_{answer.Status}"), output);
    }

    public StepObstacle? FindObstacle(RepairStep step)
    {
        var http = (HttpStep)step;
        return requests.FindObstacle(http.Method, http.Url, http.Body)
            ?? (StepRequests.IsMediaType(http.ContentType) ? null : new StepObstacle("content_type_invalid", "content_type"));
    }

    /// <summary>Nothing is sent, as a server may act on anything.</summary>
    public Task<StepOutcome> DryRunAsync(RepairStep step, StepContext context, CancellationToken cancellationToken)
    {
        var http = (HttpStep)step;
        var refusal = requests.Refuse(http.Method, http.Url, http.Body, out _) ?? (StepRequests.IsMediaType(http.ContentType) ? null : "content_type_invalid");
        return Task.FromResult(refusal is null ? StepOutcome.Success() : StepOutcome.Failure(refusal));
    }
}
