namespace AwoooP.Client.Http;

/// <summary>An endpoint's name in logs: the pattern of its address, which is the code's own and holds nothing that was sent.</summary>
internal static class EndpointPattern
{
    public static string Of(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-";
}
