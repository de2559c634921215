using System.Globalization;
using System.Text.Json;
using AwoooP.Client.Http;

namespace AwoooP.Client.Problems;

/// <summary>Writes a problem document. The only place where one is written.</summary>
internal sealed class ProblemResult(ProblemDocument problem) : IResult, IStatusCodeHttpResult
{
    public ProblemDocument Problem { get; } = problem;

    public int? StatusCode => Problem.Status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Problem.Status;
        response.ContentType = ProblemDocument.MediaType;
        if (Problem.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

        await JsonSerializer.SerializeAsync(
            response.Body,
            Problem with { TraceId = TraceContext.Of(httpContext).TraceId },
            ProblemJson.Default.ProblemDocument,
            httpContext.RequestAborted);
    }
}
