namespace AwoooP.Runtime;

/// <summary>Runs around each call on the called grain's side, inside its turn. Registered as a service, or implemented by a grain class for its own calls.</summary>
public interface IIncomingGrainCallFilter
{
    Task Invoke(IIncomingGrainCallContext context);
}
