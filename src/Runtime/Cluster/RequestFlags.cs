namespace AwoooP.Runtime.Cluster;

[Flags]
internal enum RequestFlags : byte
{
    None = 0,
    OneWay = 1,
    Traced = 2,
    WithContext = 4,

    /// <summary>Of a stateless worker: whichever silo it comes to runs it.</summary>
    Anywhere = 8,
}
