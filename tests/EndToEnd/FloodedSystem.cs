namespace AwoooP.EndToEnd;

/// <summary>A system of small bounds, with a project that is flooded beside the others.</summary>
public sealed class FloodedSystem : SharedSystem
{
    internal const string Flooded = "flooded";

    /// <summary>What one key may ask at once.</summary>
    internal const int RequestBurst = 60;

    /// <summary>So many alerts of the flooded project are taken a minute.</summary>
    private const int AlertsPerMinute = 1000;

    /// <summary>All callers are of one address, which is not what is tested here.</summary>
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Front__RequestsPerSecond"] = "20",
        ["Front__RequestBurst"] = $"{RequestBurst}",
        ["Front__SourceRequestsPerSecond"] = "1000000",
        ["Front__SourceRequestBurst"] = "1000000",
        // One renewal that the machine holds up is nothing of the flood's.
        ["Silo__Lease"] = "00:00:10",
    };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (await Admin.PostAsync(
            "v1/platform/projects",
            $$$"""{"project_id":"{{{Flooded}}}","name":"Flooded","quotas":{"alerts_per_minute":{{{AlertsPerMinute}}}}}""")).ShouldSucceed();
    }
}
