namespace AwoooP.EndToEnd;

/// <summary>A system in which approvals wait for their voters.</summary>
public sealed class TwinSystem : SharedSystem
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();
}
