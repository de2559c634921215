using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Client.Audit;
using AwoooP.Client.Http;

namespace AwoooP.Client.Problems;

/// <summary>Writes a problem document. The only place where one is written.</summary>
internal sealed class ProblemResult(ProblemDocument problem) : IResult, IStatusCodeHttpResult
{
    /// <summary>Quotes and signs stand for themselves, as people read them: the answer is never part of a page.</summary>
    private static readonly JsonTypeInfo<ProblemDocument> Readable = (JsonTypeInfo<ProblemDocument>)new JsonSerializerOptions(ProblemJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }.GetTypeInfo(typeof(ProblemDocument));

    public ProblemDocument Problem { get; } = problem;

    public int? StatusCode => Problem.Status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await RequestDenial.RecordAsync(httpContext, Problem);
        var response = httpContext.Response;
        response.StatusCode = Problem.Status;
        response.ContentType = ProblemDocument.MediaType;
        if (Problem.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

        await JsonSerializer.SerializeAsync(
            response.Body,
            Problem with { TraceId = TraceContext.Of(httpContext).TraceId },
            Readable,
            httpContext.RequestAborted);
    }
}
