using System.Diagnostics.CodeAnalysis;

namespace AwoooP.Runtime.Membership;

internal static class MemberAddress
{
    /// <summary>Where Orleans finds the silo. A silo of the other engine has no such address.</summary>
    public static bool TryGet(ClusterMember member, [NotNullWhen(true)] out SiloAddress? address)
    {
        address = null;
        return member.Address is { } text && text.Contains('@', StringComparison.Ordinal) && SiloAddress.TryParse(text, out address);
    }
}
