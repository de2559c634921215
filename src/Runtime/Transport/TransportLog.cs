using Microsoft.Extensions.Logging;

namespace AwoooP.Runtime.Transport;

internal static partial class TransportLog
{
    [LoggerMessage(40, LogLevel.Information, "Silo connections are accepted at {Address}")]
    public static partial void Listening(ILogger logger, string address);

    [LoggerMessage(41, LogLevel.Information, "Connected to {Role} {Peer}, incarnation {Incarnation}")]
    public static partial void Opened(ILogger logger, PeerRole role, string peer, long incarnation);

    [LoggerMessage(42, LogLevel.Information, "The connection to {Peer}, incarnation {Incarnation}, is closed: {Cause}")]
    public static partial void Closed(ILogger logger, string peer, long incarnation, string cause);

    [LoggerMessage(43, LogLevel.Warning, "A connection from {Remote} was refused: {Reason}")]
    public static partial void Refused(ILogger logger, string remote, Refusal reason);

    [LoggerMessage(44, LogLevel.Debug, "{Peer} at {Address} still cannot be connected: {Cause}")]
    public static partial void DialFailed(ILogger logger, string peer, string address, string cause);

    [LoggerMessage(47, LogLevel.Warning, "{Peer} at {Address} cannot be connected: {Cause}. Further attempts are logged only when they succeed")]
    public static partial void Unreachable(ILogger logger, string peer, string address, string cause);

    [LoggerMessage(45, LogLevel.Error, "No silo connection could be accepted")]
    public static partial void ListenerFailed(ILogger logger, Exception exception);

    [LoggerMessage(46, LogLevel.Error, "A connection from {Remote} failed")]
    public static partial void AcceptFailed(ILogger logger, string remote, Exception exception);
}
