using System.Text.Json.Nodes;

namespace AwoooP.Bench.Load;

/// <summary>Finds the writes of one load in lines of the project's timeline. Pure.</summary>
/// <param name="load">What the names of the load's chains begin with.</param>
/// <param name="members">The load's alerts, by their member ids.</param>
internal sealed class StoryLines(string load, IReadOnlyDictionary<string, Write> members)
{
    /// <returns>Null for a line that tells of something else.</returns>
    public ToldWrite? Read(JsonNode line)
    {
        var details = line["details"];
        return (string?)details?["phrases"]?["title"]?["key"] switch
        {
            "incident_opened" => Told(Write.Find((string?)line["description"]), (int?)details!["hit_count"], line["incident_id"]),
            "incident_fired_again" or "incident_reopened" => Told(Member(details!["member_id"]), (int?)details!["hit_count"], line["incident_id"]),
            "playbook_created" or "playbook_revised" when Write.Find((string?)line["title"]) is { } write => Told(write, write.Number, details!["playbook_id"]),
            _ => null,
        };
    }

    private ToldWrite? Told(Write? write, int? place, JsonNode? home) =>
        write is { } told && told.Chain.StartsWith(load, StringComparison.Ordinal) ? new ToldWrite(told, place ?? 0, (string?)home ?? "") : null;

    private Write? Member(JsonNode? id) => (string?)id is { } member && members.TryGetValue(member, out var write) ? write : null;
}
