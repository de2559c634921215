namespace AwoooP.Runtime.Cluster;

/// <summary>A call that another silo is to answer.</summary>
internal sealed class SentCall(LinkCalls link, long id)
{
    /// <summary>Nobody waits for the answer any more; the silo that runs the call is told.</summary>
    public void GiveUp() => link.GiveUp(id);
}
