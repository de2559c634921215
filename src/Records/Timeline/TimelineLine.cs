using System.Text.Json.Nodes;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>An entry with the event that it tells of.</summary>
internal sealed record TimelineLine(DecodedEvent Event, TimelineEntry Entry)
{
    public string Title => Entry.Title.InEnglish();

    public string? Description => Entry.Description ?? Entry.Why?.InEnglish();

    public string Details
    {
        get
        {
            var details = (JsonObject)Entry.Details.DeepClone();
            details[TimelinePhrases.Name] = TimelinePhrases.Of(Entry).ToJson();
            return details.ToJsonString();
        }
    }

    public string Actor => Entry.Actor ?? Event.Recorded.Actor;
}
