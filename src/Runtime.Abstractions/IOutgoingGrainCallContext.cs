namespace AwoooP.Runtime;

/// <summary>A call as its caller's side sees it.</summary>
public interface IOutgoingGrainCallContext : IGrainCallContext;
