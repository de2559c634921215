using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Hosting;

namespace AwoooP.Runtime.Timing;

/// <summary>One tick of a timer.</summary>
internal sealed class TimerTurn(GrainTimer timer, int setting)
    : Turn(timer.Options.Interleave ? Admission.Interleave : Admission.Exclusive)
{
    public override bool KeepsAlive => timer.Options.KeepAlive;

    public override void Start()
    {
        ExecutionContext.Restore(TurnContext.Empty);
        _ = RunAsync();
    }

    public override string Describe() => $"{timer.Activation.GrainId}.timer";

    private async Task RunAsync()
    {
        try
        {
            await timer.TickAsync(setting);
        }
        catch (Exception exception)
        {
            // A tick has no caller; the next one comes all the same.
            EngineLog.TimerFailed(timer.Activation.Host.Engine.Logger, timer.Activation.GrainId, exception);
        }

        timer.Activation.EndTurn(this);
    }
}
