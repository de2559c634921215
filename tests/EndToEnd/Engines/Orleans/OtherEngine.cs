namespace AwoooP.EndToEnd.Engines;

internal static class OtherEngine
{
    /// <summary>Of a silo of the embedded engine.</summary>
    public const string Address = "127.0.0.1:7001";
}
