using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using AwoooP.Journal.Hosting;
using AwoooP.Time;
using Microsoft.Extensions.Options;

namespace AwoooP.Silo;

/// <summary>Where a silo, or a front, lives. Bound from section <c>Silo</c>; the environment names of the front door script come first.</summary>
public sealed class SiloOptions
{
    public const string Section = "Silo";

    /// <summary>Long enough for a take-over by the default lease.</summary>
    private static readonly TimeSpan LeastParkLimit = TimeSpan.FromSeconds(8);

    /// <summary>What the front door script sets in the environment, and what each must be.</summary>
    internal static readonly (string Name, Type Type)[] ScriptNames =
    [
        ("AWOOOP_DATA", typeof(string)), ("AWOOOP_POSTGRES", typeof(string)), ("AWOOOP_ROLE", typeof(ProcessRole)), ("AWOOOP_SILO", typeof(int)), ("AWOOOP_URL", typeof(string)),
    ];

    /// <summary>The data folder, absolute or relative to the working folder. Default <c>.awooop</c>; environment AWOOOP_DATA.</summary>
    [Required]
    public string DataFolder { get; set; } = ".awooop";

    /// <summary>
    /// Where HTTP is served. Default <c>http://127.0.0.1:8080</c>; environment AWOOOP_URL.
    /// On an address that is not loopback, intake asks for a key too.
    /// </summary>
    [Required]
    public string Url { get; set; } = "http://127.0.0.1:8080";

    /// <summary>
    /// A connection string of a PostgreSQL server that somebody else runs; empty (the default) means the local cluster in the data folder.
    /// Environment AWOOOP_POSTGRES.
    /// </summary>
    public string? Postgres { get; set; }

    /// <summary>Which silo of the cluster it is, or which front: its name and that of its log file. Default 1; environment AWOOOP_SILO.</summary>
    [Range(1, 99)]
    public int Number { get; set; } = 1;

    /// <summary>
    /// <c>Both</c> (the default), <c>Silo</c> without the front, or <c>Front</c> alone, which calls the silos of the same database;
    /// environment AWOOOP_ROLE.
    /// </summary>
    public ProcessRole Role { get; set; } = ProcessRole.Both;

    /// <summary>IANA zone of the platform: PostgreSQL's sessions cut days in it, ids carry its date, and times are shown in it. Default Asia/Taipei.</summary>
    [Required]
    public string TimeZone { get; set; } = PlatformZone.DefaultId;

    /// <summary>How long a silo that fell silent keeps its partitions. Default 4 s; 1 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Where other silos reach this one, <c>host:port</c>; the host is an IP address or localhost. Port 0 takes a free one.
    /// Default <c>127.0.0.1:0</c>: silos of this machine. Another address needs a <see cref="ClusterSecretFile"/>.
    /// </summary>
    [Required]
    public string Endpoint { get; set; } = "127.0.0.1:0";

    /// <summary>What other silos are told, where it is not <see cref="Endpoint"/>: behind a translated address, or when that is 0.0.0.0.</summary>
    public string? AdvertisedEndpoint { get; set; }

    /// <summary>
    /// A file with the secret that all silos of the cluster prove to each other: at least 32 bytes of chance, readable by this account alone.
    /// Empty (the default) means a file in the data folder, made at the first start; then silos only of this machine are spoken to.
    /// </summary>
    public string? ClusterSecretFile { get; set; }

    /// <summary>Null (the default): what silos say to each other is proved but not encrypted.</summary>
    public SiloTlsOptions? Tls { get; set; }

    /// <summary>
    /// Whether nobody but silos reaches <see cref="Endpoint"/>, which the operator vouches for. Default false. Of Orleans alone, whose protocol
    /// knows no secret: without it, silos only of this machine are spoken to.
    /// </summary>
    public bool PrivateNetwork { get; set; }

    /// <summary>Where traces and metrics are sent by OTLP over gRPC, such as <c>http://127.0.0.1:4317</c>; empty (the default) sends none.</summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>In logs, and in the cluster.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{(HostsGrains ? "silo" : "front")}-{Number}");

    public bool HostsGrains => Role != ProcessRole.Front;

    public bool ServesFront => Role != ProcessRole.Silo;

    /// <summary>
    /// How long a call waits for a silo to own its grain: at least 8 s, and through the take-over of a silo that was killed, which is over within two
    /// leases; but for no more than nine tenths of what its caller waits, so that the caller still learns that nothing was changed.
    /// </summary>
    public TimeSpan ParkLimitOf(TimeSpan callTimeout)
    {
        var takeOver = 2 * Lease;
        var limit = takeOver > LeastParkLimit ? takeOver : LeastParkLimit;
        var most = callTimeout * 0.9;
        return limit < most ? limit : most;
    }

    public string LogFolder => Path.Combine(DataFolder, "logs");

    public string OperatorKeyFile => Path.Combine(DataFolder, "operator.key");

    /// <summary>The data folder has further settings, so it is known before them.</summary>
    public static string FindDataFolder(IConfiguration configuration) =>
        Path.GetFullPath(configuration["AWOOOP_DATA"] ?? configuration[$"{Section}:{nameof(DataFolder)}"] ?? new SiloOptions().DataFolder);

    /// <summary>Reads the section and lets the script's environment names override it.</summary>
    /// <exception cref="OptionsValidationException">A value is out of its bounds.</exception>
    public static SiloOptions From(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<SiloOptions>() ?? new SiloOptions();
        options.DataFolder = FindDataFolder(configuration);
        options.Url = configuration["AWOOOP_URL"] ?? options.Url;
        options.Postgres = configuration["AWOOOP_POSTGRES"] ?? options.Postgres;
        options.Role = configuration.GetValue("AWOOOP_ROLE", options.Role);
        options.Number = configuration.GetValue("AWOOOP_SILO", options.Number);
        string[] faults = [.. SettingRules.Faults(Section, options, configuration), .. options.Faults()];
        return faults.Length == 0 ? options : throw new OptionsValidationException(Section, typeof(SiloOptions), faults);
    }

    /// <param name="property">Of this section.</param>
    /// <param name="rule">What is said after the name of the setting.</param>
    /// <param name="written">Null when the setting was not.</param>
    internal static OptionsValidationException Invalid(string property, string rule, string? written) =>
        new(Section, typeof(SiloOptions), [SettingRules.Fault($"{Section}:{property} {rule}", written)]);

    private IEnumerable<string> Faults()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return SettingRules.Fault($"{Section}:{nameof(Url)} (AWOOOP_URL) must be an http address", Url);

        if (!IsEndpoint(Endpoint))
            yield return SettingRules.Fault($"{Section}:{nameof(Endpoint)} must be a host and a port of 0 to {IPEndPoint.MaxPort}, such as 127.0.0.1:7400", Endpoint);

        if (AdvertisedEndpoint is { } advertised && !IsEndpoint(advertised))
            yield return SettingRules.Fault($"{Section}:{nameof(AdvertisedEndpoint)} must be a host and a port of 0 to {IPEndPoint.MaxPort}, such as 10.0.0.1:7400", advertised);

        if (Tls is { CertificateFile: null or "" } && (HostsGrains || !string.IsNullOrEmpty(Tls.KeyFile)))
            yield return SettingRules.Fault($"{Section}:{nameof(Tls)}:{nameof(SiloTlsOptions.CertificateFile)} must be a PEM file of this silo's certificate", Tls.CertificateFile);

        if (OtlpEndpoint is { } collector && !(collector.IsAbsoluteUri && collector.Scheme is "http" or "https"))
            yield return SettingRules.Fault($"{Section}:{nameof(OtlpEndpoint)} must be an absolute http address, such as http://127.0.0.1:4317", collector.OriginalString);

        if (Role == ProcessRole.None || !Enum.IsDefined(Role))
            yield return SettingRules.Fault($"{Section}:{nameof(Role)} (AWOOOP_ROLE) must be Both, Silo or Front", Role.ToString());

        if (TimeZone != PlatformZone.DefaultId && !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            yield return SettingRules.Fault($"{Section}:{nameof(TimeZone)} must be the name of a time zone that this machine knows, such as {PlatformZone.DefaultId}", TimeZone);
    }

    private static bool IsEndpoint(string text) =>
        text.LastIndexOf(':') is var colon and > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
