using AwoooP.Demo;

namespace AwoooP.Bench.Load;

/// <summary>What one client writes, one thing after the other: the next is asked for once the last was acknowledged.</summary>
internal interface IWriter
{
    /// <summary>The request may be sent any number of times: the platform knows a repeat.</summary>
    (Write Write, PlatformRequest Request) Next();

    void Acknowledged(CallEnd answer);
}
