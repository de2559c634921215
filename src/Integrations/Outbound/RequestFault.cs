namespace AwoooP.Integrations.Outbound;

/// <summary>Names what kept an answer from coming; a stable word, never the exception's text, which may hold the address.</summary>
internal static class RequestFault
{
    public static string Describe(Exception fault) => fault switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "name_not_resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "connection_failed",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls_failed",
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => "connection_closed",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "answer_too_large",
        HttpRequestException or IOException => "connection_broken",
        _ => "request_failed",
    };

    public static bool IsExpected(Exception fault) => fault is HttpRequestException or IOException;
}
