namespace AwoooP.Client.Auth;

/// <summary>Whether the page that made a request is one of this host's own.</summary>
internal static class SameOrigin
{
    /// <summary>A page of another site cannot set it without asking first, and we answer no such question.</summary>
    public const string Header = "X-Awooop-Console";

    public static bool Holds(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    public static bool IsProven(HttpRequest request) =>
        request.Headers.Origin is [] ? request.Headers.ContainsKey(Header) : Holds(request);

    public static bool IsUnsafe(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));
}
