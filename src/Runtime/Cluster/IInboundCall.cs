namespace AwoooP.Runtime.Cluster;

/// <summary>A call of another silo, as long as it is under way here.</summary>
internal interface IInboundCall
{
    /// <summary>Whoever asked has given it up, or is gone.</summary>
    void Cancel();
}
