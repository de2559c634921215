namespace AwoooP.Runtime.CodeGeneration;

/// <summary>What one assembly has of grain interfaces and grain classes. Generated.</summary>
public interface IGrainModule
{
    IReadOnlyList<GrainInterface> Interfaces { get; }

    IReadOnlyList<GrainClass> Classes { get; }
}
