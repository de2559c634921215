using AwoooP.Client.ConsoleFiles;

namespace AwoooP.Client.Http;

internal static class UnroutedRequests
{
    /// <summary>
    /// Ends what no route takes. It stands behind routing and is no route itself: one that matches every address would take the requests
    /// that routing refuses for their method (405) or their content type (415). Both, and a page, are the same for everybody.
    /// </summary>
    public static void EndUnroutedRequests(this WebApplication app)
    {
        var console = app.FirstConsolePage();
        app.Use((http, next) => http.GetEndpoint() switch
        {
            RouteEndpoint => next(http),
            { RequestDelegate: { } refuse } => refuse(http),
            _ when ConsolePages.IsPage(http.Request) && File.Exists(console) => Results.File(console, "text/html; charset=utf-8").ExecuteAsync(http),
            _ => Results.StatusCode(StatusCodes.Status404NotFound).ExecuteAsync(http),
        });
    }
}
