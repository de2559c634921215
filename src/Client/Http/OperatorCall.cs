using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using AwoooP.Client.Auth;
using AwoooP.Client.Problems;
using AwoooP.Client.Projects;
using AwoooP.Commands;
using AwoooP.Idempotency;
using AwoooP.Projects;
using AwoooP.Wording;
using Microsoft.Net.Http.Headers;

namespace AwoooP.Client.Http;

/// <summary>
/// One request of an operator, as its handler needs it: who, for which project, and the way to the grains with the call context set.
/// </summary>
internal sealed class OperatorCall : IBindableFromHttpContext<OperatorCall>
{
    public const string PositionHeader = "Awooop-Position";
    public const string IdempotencyHeader = "Idempotency-Key";

    /// <summary>Characters.</summary>
    public const int MaxIdempotencyKey = 200;

    private readonly HttpContext _http;
    private readonly IClusterClient _cluster;
    private IdempotencyView? _taken;

    private OperatorCall(HttpContext http, OperatorIdentity identity)
    {
        _http = http;
        _cluster = http.RequestServices.GetRequiredService<IClusterClient>();
        Identity = identity;
        Projects = ProjectScope.Of(http, identity.DefaultProject).Projects;
        Time = http.RequestServices.GetRequiredService<TimeProvider>();
        ExpectedVersion = ReadIfMatch(http.Request);
        IdempotencyKey = ReadIdempotencyKey(http.Request);
    }

    public OperatorIdentity Identity { get; }

    public IReadOnlyList<string> Projects { get; }

    /// <summary>The one project that is meant. Several can only be named where lists are read.</summary>
    public string ProjectId => Projects is [var one]
        ? one
        : throw new ProblemException(Problem.Invalid(new FieldError(ProjectScope.Parameter, "too_many", "One project is expected here.", "1..1")));

    /// <summary>Who holds the request's project, if it is suspended; as this front knows it.</summary>
    public ProjectSuspension? Suspension => _http.Features.Get<KnownProject>()?.View?.Suspension;

    public TimeProvider Time { get; }

    /// <summary>What texts of the answer are written in.</summary>
    public Language Language => RequestLanguage.Of(_http);

    public long? ExpectedVersion { get; }

    public string? IdempotencyKey { get; }

    public static ValueTask<OperatorCall?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var identity = OperatorIdentity.Of(context) ?? throw new ProblemException(Problem.Unauthorized());
        return ValueTask.FromResult<OperatorCall?>(new OperatorCall(context, identity));
    }

    /// <summary>A grain of the request's project.</summary>
    public TGrain Grain<TGrain>(string localKey) where TGrain : IGrainWithStringKey => Grain<TGrain>(ProjectId, localKey);

    /// <summary>A grain of another project, for what belongs to no tenant.</summary>
    public TGrain Grain<TGrain>(string project, string localKey) where TGrain : IGrainWithStringKey =>
        _cluster.GetGrain<TGrain>($"{project}/{localKey}");

    /// <summary>Reads from a grain in the operator's name.</summary>
    public Task<T> AskAsync<T>(Func<Task<T>> read, string? project = null)
    {
        Enter(project ?? ProjectId, commandId: null, expectedVersion: null);
        return read();
    }

    /// <summary>
    /// The id of what the request makes: a new one, or, when the request is a repeat of one with the same idempotency key, the first one's.
    /// </summary>
    public async Task<string> ResourceAsync(Func<string> create) => await TakeKeyAsync(create) is { } taken ? taken.Resource! : create();

    /// <summary>Sends a command in the operator's name and tells the caller where the log stands after it.</summary>
    /// <exception cref="ProblemException">The idempotency key belongs to another request.</exception>
    public async Task<CommandResult> SendAsync(Func<Task<CommandResult>> send, string? project = null)
    {
        var taken = await TakeKeyAsync(resource: null);
        Enter(project ?? ProjectId, taken?.CommandId, ExpectedVersion);
        var result = await send();
        if (result.IsAccepted)
            _http.Features.Set(new MadeChange());
        if (result.Position is { } position)
            _http.Response.Headers[PositionHeader] = position;

        return result;
    }

    public void Tag(long version) => _http.Response.Headers.ETag = VersionTag.Of(version);

    private void Enter(string project, Guid? commandId, long? expectedVersion) => CallContext.Current = new CallContext
    {
        ProjectId = project,
        Actor = Identity.OperatorId,
        TraceId = TraceContext.Of(_http).TraceId,
        CommandId = commandId,
        ExpectedVersion = expectedVersion,
    };

    private async ValueTask<IdempotencyView?> TakeKeyAsync(Func<string>? resource)
    {
        if (IdempotencyKey is null || _taken is not null)
            return _taken;

        Enter(ProjectId, commandId: null, expectedVersion: null);
        var grain = Grain<IIdempotencyGrain>(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Identity.OperatorId}\n{IdempotencyKey}"))));
        var commandId = Guid.CreateVersion7(Time.GetUtcNow());
        var result = await grain.TakeAsync(new TakeIdempotencyKey(RequestSha256(), commandId, resource?.Invoke()), _http.RequestAborted);
        if (!result.IsAccepted)
            throw new ProblemException(Problem.Of(result));

        return _taken = await grain.GetAsync(_http.RequestAborted);
    }

    private string RequestSha256()
    {
        var request = _http.Request;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        if (_http.Features.Get<RequestDigest>() is { } body)
            hash.AppendData(body.Sha256);

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string? ReadIdempotencyKey(HttpRequest request)
    {
        var values = request.Headers[IdempotencyHeader];
        if (values.Count == 0)
            return null;

        return values is [{ Length: > 0 and <= MaxIdempotencyKey } key] && key.All(c => c is > ' ' and < (char)0x7F)
            ? key
            : throw new ProblemException(Problem.Invalid(
                new FieldError(
                    IdempotencyHeader, "invalid_idempotency_key", $"The key must be 1 to {MaxIdempotencyKey} visible ASCII characters.", $"1..{MaxIdempotencyKey}")));
    }

    private static long? ReadIfMatch(HttpRequest request)
    {
        var values = request.Headers[HeaderNames.IfMatch];
        if (values.Count == 0 || values is ["*"])
            return null;

        return values is [{ } tag] && VersionTag.TryRead(tag, out var version)
            ? version
            : throw new ProblemException(Problem.Invalid(new FieldError(HeaderNames.IfMatch, "invalid_if_match", "If-Match must be the ETag of one version.")));
    }
}
