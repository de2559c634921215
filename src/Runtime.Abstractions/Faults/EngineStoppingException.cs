namespace AwoooP.Runtime;

/// <summary>The call was refused and not run, because this silo is stopping. Another silo, or this one after its restart, answers it.</summary>
public sealed class EngineStoppingException() : Exception("The engine is stopping and takes no more calls.");
