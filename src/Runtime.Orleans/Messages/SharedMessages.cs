using Orleans.Serialization.Cloning;

namespace AwoooP.Runtime.Messages;

/// <summary>Messages never change, so one that stays in the process is passed on as it is.</summary>
internal sealed class SharedMessages(MessageTypes messages) : IGeneralizedCopier
{
    public bool IsSupportedType(Type type) => messages.IsMessage(type);

    public object? DeepCopy(object? input, CopyContext context) => input;
}
