namespace AwoooP.Runtime.Messages;

/// <summary>What a silo has of a fault whose type is not carried between silos.</summary>
internal sealed class ForeignFaultException(string fault) : Exception(fault);
