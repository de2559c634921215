using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.ConsoleFiles;

/// <summary>Serves the built console: its files, and its first page for every address that is a page of it. The pages hold no data, so they need no key.</summary>
internal static class ConsolePages
{
    public static void UseConsoleFiles(this WebApplication app)
    {
        if (Folder(app) is not { } folder)
            return;

        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder),
            OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl =
                // Vite names what is in assets/ by its content.
                file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache",
        });
    }

    /// <summary>
    /// Ends what no route takes. It stands behind routing and is no route itself: one that matches every address would take the requests
    /// that routing refuses for their method (405) or their content type (415). Both, and a page, are the same for everybody.
    /// </summary>
    public static void UseConsolePages(this WebApplication app)
    {
        var index = Folder(app) is { } folder ? Path.Combine(folder, "index.html") : null;
        app.Use((http, next) => http.GetEndpoint() switch
        {
            RouteEndpoint => next(http),
            { RequestDelegate: { } refuse } => refuse(http),
            _ when IsPage(http) && File.Exists(index) => Results.File(index, "text/html; charset=utf-8").ExecuteAsync(http),
            _ => Results.StatusCode(StatusCodes.Status404NotFound).ExecuteAsync(http),
        });
    }

    /// <summary>An address of the API that does not exist must not look like a page, nor must a file that is not there.</summary>
    private static bool IsPage(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && !Path.HasExtension(http.Request.Path.Value)
        && !http.Request.Path.StartsWithSegments("/v1") && !http.Request.Path.StartsWithSegments("/api") && !http.Request.Path.StartsWithSegments("/projects")
        && !http.Request.Path.StartsWithSegments("/-") && !http.Request.Path.StartsWithSegments("/openapi");

    private static string? Folder(WebApplication app) =>
        app.Services.GetRequiredService<IOptions<FrontOptions>>().Value.ConsolePath is { Length: > 0 } path && Directory.Exists(path)
            ? Path.GetFullPath(path)
            : null;
}
