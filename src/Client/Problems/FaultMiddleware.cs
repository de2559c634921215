using AwoooP.Client.Http;
using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Records.Reading;

namespace AwoooP.Client.Problems;

/// <summary>The one place where exceptions become answers. Texts of exceptions stay in the log.</summary>
internal sealed partial class FaultMiddleware(RequestDelegate next, ILogger<FaultMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered. The status is for the request's log, and settled where an answer had begun (a stream that was left).
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            var problem = Map(fault);
            // A refusal of what came after: reading the answer, mostly.
            if (IsForNow(problem) && context.Features.Get<MadeChange>() is not null)
                problem = Problem.ChangedNotRead();
            if (problem.Status == StatusCodes.Status500InternalServerError)
                LogUnexpected(fault, context.Request.Method, EndpointPattern.Of(context));
            else if (problem.Status == StatusCodes.Status503ServiceUnavailable)
                LogUnavailable(problem.Code, fault.GetType().Name);

            // Not Clear(): the security headers stay.
            context.Response.Headers.ETag = default;
            context.Response.Headers.CacheControl = default;
            context.Response.Headers.ContentLength = null;
            await problem.Result().ExecuteAsync(context);
        }
    }

    /// <summary>Whether the same may go well a moment later.</summary>
    public static bool IsForNow(Exception fault) => IsForNow(Map(fault));

    private static bool IsForNow(ProblemDocument problem) =>
        problem.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable;

    private static ProblemDocument Map(Exception fault) => fault switch
    {
        ProblemException refused => refused.Problem,
        InvalidCursorException => Problem.Invalid(new FieldError("cursor", "invalid_cursor", "The cursor belongs to another list.")),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problem.TooLarge("body_too_large", "The body is larger than is taken here."),
        BadHttpRequestException => Problem.BadRequest("bad_request", "The request could not be read."),
        CommandOverloadedException overloaded => Problem.TooMany(overloaded.Code, "Too much waits to be written; nothing was changed.", TimeSpan.FromSeconds(1)),
        CommandOutcomeUnknownException unknown => Problem.Unavailable(unknown.Code, "It is not known whether the change was made; repeat with the same Idempotency-Key."),
        CommandVersionMismatchException newer => Problem.Unavailable(newer.Code, "The silo that was asked is of an older version than what it would have to read; nothing was changed."),
        // Its message is made for people: it names the cut, and the builds that can read on.
        CommandHistoryCutException cut => Problem.Conflict(cut.Code, cut.Message),
        CommandFaultException other => Problem.Unavailable(other.Code, "The change could not be made at the moment; nothing was changed."),
        JournalUnavailableException => Problem.Unavailable(
            "journal_unavailable", "The journal cannot be reached at the moment; nothing was changed that was not confirmed."),
        TimeoutException => Problem.Unavailable("timeout", "The answer did not come in time; repeat with the same Idempotency-Key."),
        OperationCanceledException => Problem.Unavailable("stopping", "The silo is stopping."),
        _ => EngineProblems.Explain(fault) ?? Problem.Internal(),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} failed unexpectedly")]
    private partial void LogUnexpected(Exception fault, string method, string endpoint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Answered 503 {Code} for {Fault}")]
    private partial void LogUnavailable(string code, string fault);
}
