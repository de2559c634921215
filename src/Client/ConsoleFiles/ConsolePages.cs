using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.ConsoleFiles;

/// <summary>Serves the built console: its files, and its first page for every address that is a page of it. The pages hold no data, so they need no key.</summary>
internal static class ConsolePages
{
    private static readonly string[] OtherAddresses = ["/v1", "/api", "/projects", "/-", "/openapi"];

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

    /// <summary>The file that every page begins with; null without a console.</summary>
    public static string? FirstConsolePage(this WebApplication app) => Folder(app) is { } folder ? Path.Combine(folder, "index.html") : null;

    /// <summary>An address of the API that does not exist must not look like a page, nor must a file that is not there.</summary>
    public static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !Path.HasExtension(request.Path.Value)
        && !Array.Exists(OtherAddresses, address => request.Path.StartsWithSegments(address));

    private static string? Folder(WebApplication app) =>
        app.Services.GetRequiredService<IOptions<FrontOptions>>().Value.ConsolePath is { Length: > 0 } path && Directory.Exists(path)
            ? Path.GetFullPath(path)
            : null;
}
