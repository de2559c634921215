namespace AwoooP.Runtime.Transport;

/// <summary>What a frame is. A kind that a peer does not know is for its owner to pass over: a newer silo may send some.</summary>
internal enum FrameKind : byte
{
    None = 0,
    Request = 1,
    Answer = 2,
    Fault = 3,
    Cancel = 4,

    /// <summary>Corrects the map of who owns what.</summary>
    Owner = 5,
    MapChanged = 6,

    /// <summary>Shows that the sender lives. The link's own.</summary>
    Ping = 7,

    /// <summary>Its sender asks for nothing more, and still answers what comes. The link's own.</summary>
    Goodbye = 8,

    /// <summary>The last frame of its sender, once the other side has said goodbye too. The link's own.</summary>
    End = 9,
}
