using System.Globalization;
using System.Text.Json;
using AwoooP.Client.Audit;
using AwoooP.Client.Problems;

namespace AwoooP.Client.Intake;

/// <summary>
/// An error on an Alertmanager path. Alertmanager's clients ask for <c>application/json</c> alone and expect a JSON text;
/// whoever does not gets a problem document. Both carry the same code, the text form in the header <c>Awooop-Code</c> too.
/// </summary>
internal sealed class AlertmanagerAnswer(ProblemDocument problem) : IResult
{
    public const string CodeHeader = "Awooop-Code";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers[CodeHeader] = problem.Code;
        if (httpContext.Request.Headers.Accept is not [{ } accept] || !accept.Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            await problem.Result().ExecuteAsync(httpContext);
            return;
        }

        await RequestDenial.RecordAsync(httpContext, problem);
        httpContext.Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } wait)
            httpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

        var text = problem.Errors is { Count: > 0 } errors
            ? $"{problem.Code}: {string.Join("; ", errors.Select(error => $"{error.Field} {error.Message}"))}"
            : $"{problem.Code}: {problem.Detail}";
        httpContext.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(httpContext.Response.Body, text, ProblemJson.Default.String, httpContext.RequestAborted);
    }
}
