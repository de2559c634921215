namespace AwoooP.Cluster.Tests.Registers;

internal enum RegisterAction
{
    None = 0,
    Read,
    Write,

    /// <summary>Writes when the register holds what was expected, and else refuses.</summary>
    Swap,
}

/// <summary>One call to a register as its caller saw it.</summary>
/// <param name="Value">What was read or written.</param>
/// <param name="Expected">What a swap wanted to find.</param>
/// <param name="IsRefused">A swap that found something else.</param>
/// <param name="Begun">Ticks of a clock that all callers share.</param>
/// <param name="Ended"><see cref="Open"/> when the caller never learned what came of it.</param>
internal sealed record RegisterOperation(RegisterAction Action, string? Value, string? Expected, bool IsRefused, long Begun, long Ended)
{
    public const long Open = long.MaxValue;

    public bool IsOpen => Ended == Open;

    public static RegisterOperation Read(string? value, long begun, long ended) => new(RegisterAction.Read, value, null, false, begun, ended);

    public static RegisterOperation Write(string? value, long begun, long ended) => new(RegisterAction.Write, value, null, false, begun, ended);

    public static RegisterOperation Swap(string? expected, string? value, long begun, long ended) => new(RegisterAction.Swap, value, expected, false, begun, ended);

    public static RegisterOperation RefusedSwap(string? expected, string? value, long begun, long ended) => new(RegisterAction.Swap, value, expected, true, begun, ended);

    /// <summary>Whether it can happen to a register that holds this, and what the register holds then.</summary>
    public bool CanFollow(string? held, out string? then)
    {
        then = Action is RegisterAction.Write or RegisterAction.Swap && !IsRefused ? Value : held;
        return Action switch
        {
            RegisterAction.Read => held == Value,
            RegisterAction.Write => true,
            RegisterAction.Swap => (held == Expected) != IsRefused,
            _ => throw new InvalidOperationException($"A register knows no {Action}."),
        };
    }
}
