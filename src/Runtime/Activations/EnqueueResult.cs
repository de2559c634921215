namespace AwoooP.Runtime.Activations;

internal enum EnqueueResult
{
    /// <summary>Its turn is next in line to run.</summary>
    Admitted,

    /// <summary>It stands in the mailbox.</summary>
    Waiting,

    /// <summary>The mailbox is full; it does not stand there.</summary>
    Overloaded,

    /// <summary>The grain is at another silo, or will be: the call is on its way there.</summary>
    Elsewhere,

    /// <summary>The activation is retired; look for the next one.</summary>
    Gone,
}
