namespace AwoooP.Client.Problems;

/// <summary>Gives an answer that has a status and no body (no such route, no such method) its problem document.</summary>
internal static class StatusProblems
{
    public static Task ExplainAsync(HttpContext context) => context.Response.StatusCode switch
    {
        404 => Problem.NotFound("no_such_endpoint", "There is nothing at this address.").Result().ExecuteAsync(context),
        405 => new ProblemDocument
        {
            Status = 405,
            Title = "Method not allowed",
            Code = "method_not_allowed",
            Detail = "The address does not take this method.",
        }.Result().ExecuteAsync(context),
        415 => Problem.NotJson().Result().ExecuteAsync(context),
        413 => Problem.TooLarge("body_too_large", "The body is larger than is taken here.").Result().ExecuteAsync(context),
        400 => Problem.BadRequest("bad_request", "The request could not be read.").Result().ExecuteAsync(context),
        _ => Task.CompletedTask,
    };
}
