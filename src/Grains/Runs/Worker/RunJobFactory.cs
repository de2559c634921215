using Microsoft.Extensions.Logging;

namespace AwoooP.Runs;

/// <summary>Makes the work on one offered run.</summary>
internal sealed class RunJobFactory(IGrainFactory grains, RunChecks checks, StepRunner steps, TimeProvider time, ILogger<RunJob> logger)
{
    public RunJob Create(RunOffer run, string workerId) => new(run, workerId, grains, checks, steps, time, logger);
}
