namespace AwoooP.Runtime;

/// <summary>A call as the called grain's side sees it.</summary>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    IGrainContext TargetContext { get; }
}
