namespace AwoooP.Runtime.Hosting;

internal enum EnginePhase
{
    Running,

    /// <summary>Refuses calls from outside; those of grains still go through, so that running turns can finish.</summary>
    Draining,

    Stopped,
}
