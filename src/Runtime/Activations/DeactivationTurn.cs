using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Hosting;
using AwoooP.Runtime.Timing;

namespace AwoooP.Runtime.Activations;

/// <summary>The last turn of an activation: stops its timers and lets the grain say goodbye.</summary>
internal sealed class DeactivationTurn : Turn
{
    private readonly Activation _activation;
    private readonly DeactivationReason _reason;

    public DeactivationTurn(Activation activation, DeactivationReason reason)
        : base(Admission.Exclusive)
    {
        _activation = activation;
        _reason = reason;
        Target = activation;
    }

    public override void Start()
    {
        ExecutionContext.Restore(TurnContext.Empty);
        _ = RunAsync();
    }

    public override string Describe() => $"{_activation.GrainId}.{nameof(Grain.OnDeactivateAsync)}";

    private async Task RunAsync()
    {
        var engine = _activation.Host.Engine;
        var grain = _activation.Instance;
        _activation.StopTimers();
        try
        {
            await Deadline.RunAsync(
                engine.Wheel, engine.Options.DeactivationTimeout, token => grain.OnDeactivateAsync(_reason, token), $"deactivate {_activation.GrainId}");
            await DisposeAsync(grain);
        }
        catch (Exception exception)
        {
            // The activation ends all the same: nothing may depend on a goodbye.
            EngineLog.DeactivationFailed(engine.Logger, _activation.GrainId, exception);
        }

        _activation.CompleteDeactivation();
        _activation.EndTurn(this);
    }

    private static ValueTask DisposeAsync(Grain grain)
    {
        if (grain is IAsyncDisposable asynchronous)
            return asynchronous.DisposeAsync();
        (grain as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }
}
