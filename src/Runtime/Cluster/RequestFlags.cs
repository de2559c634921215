namespace AwoooP.Runtime.Cluster;

[Flags]
internal enum RequestFlags : byte
{
    None = 0,
    OneWay = 1,
    Traced = 2,
    WithContext = 4,
}
