namespace AwoooP.Runtime;

/// <summary>One call on its way through the filters.</summary>
public interface IGrainCallContext
{
    /// <summary>The call's arguments, which a filter may read and replace.</summary>
    IInvokable Request { get; }

    /// <summary>The grain (incoming) or the reference to it (outgoing).</summary>
    object Grain { get; }

    /// <summary>The calling grain; null for a caller that is no grain.</summary>
    GrainId? SourceId { get; }

    GrainId TargetId { get; }

    string InterfaceName { get; }

    string MethodName { get; }

    /// <summary>The answer, once <see cref="Invoke"/> has completed; a filter may replace it by one of the same type.</summary>
    object? Result { get; set; }

    /// <summary>Goes on to the next filter, and from the last one to the call itself.</summary>
    Task Invoke();
}
