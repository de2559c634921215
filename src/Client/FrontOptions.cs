using System.ComponentModel.DataAnnotations;
using AwoooP.Client.Auth.Oidc;
using AwoooP.Projects;

namespace AwoooP.Client;

/// <summary>Settings of the front (configuration section <c>Front</c>). Validated at start.</summary>
public sealed class FrontOptions
{
    public const string Section = "Front";

    /// <summary>The project of intake without a key and without a project in the path.</summary>
    [RegularExpression(ProjectName.Pattern)]
    public string DefaultProject { get; set; } = "awoooi";

    /// <summary>How long an alert without an end is taken as firing when it came by the alerts API. Senders repeat well within it.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan ResolveTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The same for the webhook, whose firing alerts never carry an end and are repeated only every <c>repeat_interval</c> (4 h by default).
    /// Below that interval, alerts would be taken as ended while they fire.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan WebhookResolveTimeout { get; set; } = TimeSpan.FromHours(12);

    /// <summary>
    /// How long a key, and what is known of a project, is believed before its grain is asked again: a key that was revoked, or a project that was
    /// suspended, by way of another front works at most this long.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan KeyCache { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a console session lasts.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Folder of the key ring that signs sessions; shared by the silos of a cluster. Null: sessions end with the process.</summary>
    public string? KeyRingPath { get; set; }

    /// <summary>The built console (its index.html is here). Null or absent: no console is served.</summary>
    public string? ConsolePath { get; set; }

    /// <summary>Longest wait for <c>Awooop-After</c>, after which the answer is 503 <c>projection_behind</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan AfterTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests a second that one key (or one operator, with a token) may make to the API, intake not counted.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 200;

    /// <summary>Requests of one key that may come at once.</summary>
    [Range(1, 1_000_000)]
    public int RequestBurst { get; set; } = 400;

    /// <summary>Requests a second that one source address may make to the API, whoever asks; intake not counted. A proxy in front is one source.</summary>
    [Range(1, 1_000_000)]
    public int SourceRequestsPerSecond { get; set; } = 1000;

    /// <summary>Requests of one source address that may come at once.</summary>
    [Range(1, 1_000_000)]
    public int SourceRequestBurst { get; set; } = 2000;

    /// <summary>Wrong keys and tokens a minute, and at once, that one source address is told of as such; more are answered with 429.</summary>
    [Range(1, 1_000_000)]
    public int FailedSignInsPerMinute { get; set; } = 60;

    /// <summary>Identity providers whose tokens are taken.</summary>
    public OidcOptions Oidc { get; set; } = new();

    /// <summary>Open event streams of one key, or of one operator with tokens.</summary>
    [Range(1, 10_000)]
    public int EventStreams { get; set; } = 32;

    /// <summary>Between two signs of life on an event stream, whether or not it has events.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan EventHeartbeat { get; set; } = TimeSpan.FromSeconds(15);
}
