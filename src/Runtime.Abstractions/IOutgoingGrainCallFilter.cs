namespace AwoooP.Runtime;

/// <summary>Runs around each call on the caller's side, before the request context is captured. Registered as a service.</summary>
public interface IOutgoingGrainCallFilter
{
    Task Invoke(IOutgoingGrainCallContext context);
}
