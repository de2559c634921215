namespace AwoooP.Runtime.Calls;

/// <summary>Beside which other turns a turn may run.</summary>
internal enum Admission
{
    /// <summary>Beside none but interleaving ones.</summary>
    Exclusive,

    /// <summary>Beside other reading and interleaving ones.</summary>
    ReadOnly,

    /// <summary>Beside any.</summary>
    Interleave,
}
