using System.Diagnostics;
using OpenTelemetry.Trace;

namespace AwoooP.Silo.Hosting;

/// <summary>Traces what somebody asked for. A statement that no traced work stands behind is housekeeping, such as the renewal of a lease, and there are many.</summary>
internal sealed class AskedForSampler : Sampler
{
    private readonly ParentBasedSampler _byParent = new(new AlwaysOnSampler());

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters is { Kind: ActivityKind.Client, ParentContext.TraceId: var trace } && trace == default
            ? new SamplingResult(SamplingDecision.Drop)
            : _byParent.ShouldSample(samplingParameters);
}
