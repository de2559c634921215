using AwoooP.Runtime.Calls;

namespace AwoooP.Runtime.Cluster;

/// <summary>A fault of the engine's own that keeps its type on the wire.</summary>
/// <param name="IsRefusal">It says that the call was surely not run.</param>
/// <param name="Message">What of the fault goes with its code.</param>
/// <param name="Restore">Makes the fault of the message, as the caller of the request knows it.</param>
internal sealed record EngineFault(string Code, Type Type, bool IsRefusal, Func<Exception, string> Message, Func<string, Request, Exception> Restore)
{
    public static EngineFault Of<TFault>(string code, Func<string, Request, Exception> restore, Func<TFault, string>? message = null) where TFault : Exception =>
        new(code, typeof(TFault), IsRefusal: false, fault => message?.Invoke((TFault)fault) ?? "", restore);

    public static EngineFault RefusalOf<TFault>(string code, Func<string, Request, Exception> restore, Func<TFault, string>? message = null) where TFault : Exception =>
        Of(code, restore, message) with { IsRefusal = true };
}
