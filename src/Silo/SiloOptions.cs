using System.ComponentModel.DataAnnotations;
using AwoooP.Time;

namespace AwoooP.Silo;

/// <summary>Where a silo lives. Bound from section <c>Silo</c>; the environment names of the front door script come first.</summary>
public sealed class SiloOptions
{
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

    /// <summary>Which silo of this machine it is: names its log file. Default 1; environment AWOOOP_SILO.</summary>
    [Range(1, 99)]
    public int Number { get; set; } = 1;

    /// <summary>IANA zone of the platform: PostgreSQL's sessions cut days in it, ids carry its date, and times are shown in it. Default Asia/Taipei.</summary>
    [Required]
    public string TimeZone { get; set; } = PlatformZone.DefaultId;

    /// <summary>How long a silo that fell silent keeps its partitions. Default 4 s, at least 1 s.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Where traces and metrics are sent by OTLP; empty (the default) sends none.</summary>
    public Uri? OtlpEndpoint { get; set; }

    public string LogFolder => Path.Combine(DataFolder, "logs");

    public string OperatorKeyFile => Path.Combine(DataFolder, "operator.key");

    /// <summary>Reads the section and lets the script's environment names override it.</summary>
    public static SiloOptions From(IConfiguration configuration)
    {
        var options = configuration.GetSection("Silo").Get<SiloOptions>() ?? new SiloOptions();
        options.DataFolder = Path.GetFullPath(configuration["AWOOOP_DATA"] ?? options.DataFolder);
        options.Url = configuration["AWOOOP_URL"] ?? options.Url;
        options.Postgres = configuration["AWOOOP_POSTGRES"] ?? options.Postgres;
        options.Number = configuration.GetValue("AWOOOP_SILO", options.Number);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return options;
    }
}
