using System.Globalization;

namespace AwoooP.Bench.Load;

/// <summary>How much is written, and how long is waited for it.</summary>
internal sealed record LoadSettings
{
    public const string Usage = "bench load [--seconds N] [--clients N] [--rate N] [--settle N] [--url ADDRESS]...";

    /// <summary>How long writes are begun, 1 to 3600 s.</summary>
    public int Seconds { get; init; } = 30;

    /// <summary>1 to 256, of which every fourth revises a playbook, and the others send alerts.</summary>
    public int Clients { get; init; } = 8;

    /// <summary>Writes a second of all clients together, 1 to 1000. Each waits for its answer, so that there may be fewer.</summary>
    public int Rate { get; init; } = 200;

    /// <summary>Seconds for everything to be worked off and read back, 10 to 3600.</summary>
    public int Settle { get; init; } = 120;

    /// <summary>Of the cluster's fronts, or of its silos; when there is none, those of the system that was started here.</summary>
    public IReadOnlyList<Uri> Addresses { get; init; } = [];

    public TimeSpan Time => TimeSpan.FromSeconds(Seconds);

    /// <summary>From one write of a client to its next.</summary>
    public TimeSpan Pace => TimeSpan.FromSeconds((double)Clients / Rate);

    /// <exception cref="FormatException">Says which option is wrong, and what it may be.</exception>
    public static LoadSettings Parse(IReadOnlyList<string> arguments)
    {
        var settings = new LoadSettings();
        for (var place = 0; place < arguments.Count; place += 2)
        {
            var (name, value) = (arguments[place], place + 1 < arguments.Count ? arguments[place + 1] : "");
            settings = name switch
            {
                "--seconds" => settings with { Seconds = Number(name, value, 1, 3600) },
                "--clients" => settings with { Clients = Number(name, value, 1, 256) },
                "--rate" => settings with { Rate = Number(name, value, 1, 1000) },
                "--settle" => settings with { Settle = Number(name, value, 10, 3600) },
                "--url" => settings with { Addresses = [.. settings.Addresses, Address(value)] },
                _ => throw new FormatException($"unknown option {name}; usage: {Usage}"),
            };
        }

        return settings;
    }

    private static int Number(string name, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{name} takes a whole number from {least} to {most}");

    private static Uri Address(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address!
            : throw new FormatException("--url takes an address that begins with http:// or https://");
}
