using System.Text;

namespace AwoooP.Redaction.Tests;

/// <summary>Reads the corpus and makes up the characters that it leaves open: the same for the same line number, on every machine.</summary>
internal static class CorpusFile
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static IReadOnlyList<SecretCase> Secrets() =>
        [.. Lines("secrets.txt").Select(line => line.Text.Split('\t', 2) is [var kind, var text] ? SecretCase.Parse(kind, text) : throw new InvalidDataException(line.Text))];

    public static IReadOnlyList<string> LookAlikes() => [.. Lines("lookalikes.txt").Select(line => line.Text)];

    private static IEnumerable<(int Number, string Text)> Lines(string name)
    {
        using var stream = typeof(CorpusFile).Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"{name} is not embedded");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length > 0 && line[0] != '#')
                yield return (number, Fill(line.Replace('␤', '\n'), number));
        }
    }

    private static string Fill(string line, int seed)
    {
        var result = new StringBuilder();
        var state = (uint)(seed * 2654435761L) | 1;
        var at = 0;
        while (line.IndexOf('«', at) is var open and >= 0)
        {
            var close = line.IndexOf('»', open);
            var colon = line.IndexOf(':', open);
            var alphabet = line[(open + 1)..colon] switch
            {
                "hex" => "0123456789abcdef",
                "upper" => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
                "alnum" => Alphanumeric,
                "b64" => Alphanumeric + "+/",
                "b64u" => Alphanumeric,
                "digits" => "123456789",
                var other => throw new InvalidDataException(other),
            };
            result.Append(line, at, open - at);
            for (var i = int.Parse(line[(colon + 1)..close], provider: null); i > 0; i--)
            {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                result.Append(alphabet[(int)(state % (uint)alphabet.Length)]);
            }

            at = close + 1;
        }

        return result.Append(line, at, line.Length - at).ToString();
    }
}
