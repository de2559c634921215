using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Timing;

namespace AwoooP.Runtime.Activations;

/// <summary>The first turn of an activation: constructs the grain and lets it load itself.</summary>
internal sealed class ActivationTurn : Turn
{
    private readonly Activation _activation;

    public ActivationTurn(Activation activation)
        : base(Admission.Exclusive)
    {
        _activation = activation;
        Target = activation;
    }

    public override void Start()
    {
        ExecutionContext.Restore(TurnContext.Empty);
        _ = RunAsync();
    }

    public override string Describe() => $"{_activation.GrainId}.{nameof(Grain.OnActivateAsync)}";

    private async Task RunAsync()
    {
        var engine = _activation.Host.Engine;
        try
        {
            var grain = _activation.Host.Construct(_activation);
            await Deadline.RunAsync(engine.Wheel, engine.Options.ActivationTimeout, grain.OnActivateAsync, $"activate {_activation.GrainId}");
            _activation.CompleteActivation(grain);
        }
        catch (Exception exception)
        {
            // Whatever it is, it is the callers' to know.
            _activation.FailActivation(exception);
        }

        _activation.EndTurn(this);
    }
}
