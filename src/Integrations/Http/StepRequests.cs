using System.Net.Http.Headers;
using System.Text;
using AwoooP.Integrations.Outbound;
using AwoooP.Runs;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Http;

/// <summary>Requests that steps cause: to allowed origins only, following redirects only where they stay within one and repeat nothing.</summary>
internal sealed class StepRequests(OutboundHttp http, AllowedOrigins origins, IOptions<OutboundOptions> options)
{
    private const int MostRedirects = 5;

    /// <returns>A stable code of the refusal, or null.</returns>
    public string? Refuse(string method, string? url, string? body, out Uri? address)
    {
        address = null;
        if (method is not ("GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE"))
            return "method_not_allowed";
        if (body is not null && Encoding.UTF8.GetByteCount(body) > options.Value.MaxRequestBytes)
            return "body_too_large";
        return origins.Refuse(url, out address);
    }

    /// <summary>The same as a step's obstacle, with the field that it is about.</summary>
    public StepObstacle? FindObstacle(string method, string? url, string? body) => Refuse(method, url, body, out _) switch
    {
        null => null,
        "method_not_allowed" => new StepObstacle("method_not_allowed", "method"),
        "body_too_large" => new StepObstacle("body_too_large", "body"),
        var refusal => new StepObstacle(refusal, "url"),
    };

    public static bool IsMediaType(string contentType) => MediaTypeHeaderValue.TryParse(contentType, out _);

    public async Task<StepAnswer> SendAsync(string method, Uri address, string? body, string contentType, StepContext context, CancellationToken cancellationToken)
    {
        if (body is not null && !IsMediaType(contentType))
            return new StepAnswer(0, "", "content_type_invalid");
        try
        {
            for (var hop = 0; ; hop++)
            {
                using var request = Request(method, address, body, contentType, context);
                using var response = await http.SendAsync(request, cancellationToken);
                if (hop < MostRedirects && Follows(method, response) is { } next)
                {
                    next = new Uri(address, next);
                    if (origins.Refuse(next.AbsoluteUri, out _) is null && SameOrigin(address, next))
                    {
                        address = next;
                        continue;
                    }
                }

                var (text, isCut) = await BoundedBody.ReadAsync(response.Content, options.Value.MaxResponseBytes, cancellationToken);
                return new StepAnswer((int)response.StatusCode, isCut ? text + "\n[more was not read]" : text, null);
            }
        }
        catch (Exception fault) when (RequestFault.IsExpected(fault))
        {
            return new StepAnswer(0, "", RequestFault.Describe(fault));
        }
    }

    private static HttpRequestMessage Request(string method, Uri address, string? body, string contentType, StepContext context)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.TryAddWithoutValidation("User-Agent", "awooop");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", context.ToolCallId.ToString());
        if (TraceHeaders.Traceparent(context) is { } traceparent)
            request.Headers.TryAddWithoutValidation("traceparent", traceparent);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        return request;
    }

    /// <summary>Only reads are sent on; a changing request that is redirected ends here, so that it happens once.</summary>
    private static Uri? Follows(string method, HttpResponseMessage response) =>
        method is "GET" or "HEAD" && (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 ? response.Headers.Location : null;

    private static bool SameOrigin(Uri from, Uri to) => Uri.Compare(from, to, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
