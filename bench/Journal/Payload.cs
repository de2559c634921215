using System.Text;

namespace AwoooP.Bench.Journal;

/// <summary>A state of 1 KB as a grain would have it: JSON that compresses as such does, not a run of one letter.</summary>
internal static class Payload
{
    public static string OneKilobyte { get; } = Build();

    private static string Build()
    {
        var random = new Random(42);
        var text = new StringBuilder("""{"status":"mitigating","severity":"P1","labels":{""");
        for (var label = 0; text.Length < 980; label++)
            text.Append(label == 0 ? "" : ",").Append($"\"label_{label}\":\"{random.NextInt64():x16}\"");
        return text.Append("}}").ToString();
    }
}
