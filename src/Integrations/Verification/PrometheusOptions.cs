namespace AwoooP.Integrations.Verification;

/// <summary>The Prometheus that conditions are asked of. Section <c>Integrations:Prometheus</c>.</summary>
public sealed class PrometheusOptions
{
    /// <summary>Base address, with the path prefix if it has one. Default <c>http://127.0.0.1:9090</c>. Unreachable: verify steps with PromQL fail.</summary>
    public Uri Url { get; set; } = new("http://127.0.0.1:9090");

    /// <summary>A reference (<c>env://NAME</c> or <c>file:///path#key</c>) to a bearer token; default null: none is sent.</summary>
    public string? Token { get; set; }

    /// <summary>Seconds for one query. Default 10; 1 to 120. A slower answer counts as no answer.</summary>
    public int TimeoutSeconds { get; set; } = 10;
}
