namespace AwoooP.Journal.Local;

/// <summary>Where the local cluster lives and how it runs.</summary>
public sealed class LocalPostgresOptions
{
    /// <summary>The data folder (for instance <c>.awooop</c>); the cluster goes into its subfolder <c>postgres</c>.</summary>
    public required string DataFolder { get; init; }

    /// <summary>TCP port on 127.0.0.1; 0 (the default) takes the port of the last start, or a free one below those of outgoing connections.</summary>
    public int Port { get; init; }

    /// <summary>The database that is made. Default <c>awooop</c>.</summary>
    public string Database { get; init; } = "awooop";

    /// <summary>The zone of every session, so that date_trunc cuts the platform's days. Default Asia/Taipei.</summary>
    public string TimeZone { get; init; } = "Asia/Taipei";

    /// <summary>How long a start may take, crash recovery included. Default two minutes.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Server settings over the defaults, for instance <c>fsync=off</c> in tests of logic.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
