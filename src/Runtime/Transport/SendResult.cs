namespace AwoooP.Runtime.Transport;

internal enum SendResult
{
    None = 0,

    /// <summary>It goes out after what was queued before, if the link lives so long.</summary>
    Queued,

    /// <summary>Not sent: the peer takes less than it is sent, and the bound of queued bytes is reached.</summary>
    Full,

    /// <summary>Not sent: the link is closed or closing.</summary>
    Closed,
}
