using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AwoooP.Client.Cli;

/// <summary>The platform API as the command line calls it.</summary>
internal sealed class ApiConnection : IDisposable
{
    private readonly HttpClient _client;
    private readonly string? _project;

    /// <summary>Where a key was looked for in vain; null when there is one.</summary>
    private readonly string? _missingKey;

    private ApiConnection(HttpClient client, string? project, string? missingKey)
    {
        _client = client;
        _project = project;
        _missingKey = missingKey;
    }

    /// <param name="arguments">The command, with its global options.</param>
    /// <param name="ofProject">Whether its requests are about the project that is named; else that is an argument like others.</param>
    public static ApiConnection Open(ParseResult arguments, bool ofProject = true)
    {
        if (!Uri.TryCreate(arguments.GetValue(GlobalOptions.Url), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new CliException(ExitCodes.Invalid, "--url is not an address.");

        var client = new HttpClient { BaseAddress = url };
        var key = FindKey(arguments);
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        return new ApiConnection(
            client, ofProject ? arguments.GetValue(GlobalOptions.Project) : null, key is null ? arguments.GetValue(GlobalOptions.KeyFile) : null);
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>A list with the parameters that were given.</summary>
    public Task<JsonElement> GetAsync(string path, IEnumerable<(string Name, string? Value)> query, CancellationToken cancellationToken) =>
        GetAsync(WithQuery(path, query), cancellationToken);

    /// <param name="tag">The version that the change was decided on; with another one it is refused.</param>
    public async Task<JsonElement> SendAsync(
        HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken, bool repeatable = true, string? tag = null)
    {
        using var request = new HttpRequestMessage(method, WithQuery(path, [("project_id", _project)]));
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");

        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", tag);

        // A lost answer is safe to ask for again: the change is made once.
        if (method != HttpMethod.Get && repeatable)
            request.Headers.Add("Idempotency-Key", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N"));

        using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        var text = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return text.Length == 0 ? default : Parse(text);
    }

    /// <summary>Opens a stream of lines that ends with the token.</summary>
    public async Task<StreamReader> StreamAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, WithQuery(path, [("project_id", _project)]));
        _client.Timeout = Timeout.InfiniteTimeSpan;
        var response = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8);
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _client.SendAsync(request, completion, cancellationToken);
            if (response.IsSuccessStatusCode)
                return response;

            using (response)
                throw await RefusedAsync(response, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            throw new CliException(ExitCodes.Unreachable, $"{_client.BaseAddress} does not answer ({fault.HttpRequestError}). Is AwoooP up? ./awooop up starts it here; --url or AWOOOP_URL says where else it is.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CliException(ExitCodes.Unreachable, $"{_client.BaseAddress} did not answer in time.");
        }
    }

    private async Task<CliException> RefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType != Problems.ProblemDocument.MediaType)
            return new CliException(ExitCodes.Of(status), $"HTTP {status}");

        var text = RefusalText.Of(Parse(body));
        if (response.StatusCode == HttpStatusCode.Unauthorized && _missingKey is not null)
            text += $"\n  No key was sent: set AWOOOP_KEY or name a file with --key-file; {_missingKey} is not there.";

        return new CliException(ExitCodes.Of(status), text);
    }

    private static JsonElement Parse(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new CliException(ExitCodes.Failed, "The answer is not JSON: is the address that of a silo?");
        }
    }

    private static string? FindKey(ParseResult arguments)
    {
        var key = arguments.GetValue(GlobalOptions.Key) ?? Environment.GetEnvironmentVariable("AWOOOP_KEY");
        if (!string.IsNullOrEmpty(key))
            return key.Trim();

        var file = arguments.GetValue(GlobalOptions.KeyFile);
        if (File.Exists(file))
            return File.ReadAllText(file).Trim();
        return arguments.GetResult(GlobalOptions.KeyFile) is { Implicit: false }
            ? throw new CliException(ExitCodes.Invalid, $"There is no key file {file}.")
            : null;
    }

    private static string WithQuery(string path, IEnumerable<(string Name, string? Value)> query)
    {
        var given = string.Join('&', query.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
        return given.Length == 0 ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{given}";
    }
}
